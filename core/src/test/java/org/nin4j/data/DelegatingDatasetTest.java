package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class DelegatingDatasetTest {
  /** It is made of the others, some of which a subclass may change. */
  private static final String SELECT = "select";

  /** Including those with a default, which another data set may override. */
  @Test
  void everyMethodIsPassedOn() throws NoSuchMethodException {
    for (Method method : ImageDataset.class.getMethods()) {
      if (method.getName().equals(SELECT)) {
        continue;
      }
      Method own = DelegatingDataset.class.getMethod(method.getName(), method.getParameterTypes());
      assertEquals(DelegatingDataset.class, own.getDeclaringClass(), method.getName());
    }
  }
}
