package org.nin4j.server.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.nin4j.server.http.HttpError;

class DecodingMemoryTest {
  @Test
  void anImageWaitsUntilThereIsRoom() throws HttpError, InterruptedException {
    DecodingMemory memory = new DecodingMemory(100 << 10);
    memory.take(60 << 10);
    memory.take(40 << 10);
    CountDownLatch taken = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              try {
                memory.take(50 << 10);
                taken.countDown();
              } catch (HttpError e) {
                throw new AssertionError(e);
              }
            });
    other.start();
    assertFalse(taken.await(50, TimeUnit.MILLISECONDS));
    memory.give(40 << 10);
    assertFalse(taken.await(50, TimeUnit.MILLISECONDS));
    memory.give(60 << 10);
    assertTrue(taken.await(10, TimeUnit.SECONDS));
    other.join();
  }

  @Test
  void anImageForWhichThereIsNeverRoomIsRefused() throws HttpError {
    DecodingMemory memory = new DecodingMemory(3 << 20);
    HttpError error = assertThrows(HttpError.class, () -> memory.take((3 << 20) + 1));
    assertEquals(413, error.status());
    assertEquals(
        "the image takes about 4 MB of memory, of which this server has 3 MB for images; send a"
            + " smaller one",
        error.getMessage());
    memory.take(3 << 20); // nothing was taken before
  }
}
