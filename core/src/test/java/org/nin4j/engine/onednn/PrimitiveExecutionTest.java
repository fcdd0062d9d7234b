package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.onednn.verify.PrimitiveCheck;
import org.nin4j.engine.onednn.verify.Relu;
import org.nin4j.nn.Shape;

class PrimitiveExecutionTest {
  private static final Shape SHAPE = Shape.of(2, 3, 5, 7);

  /** The first tensor begins behind a gap of 4 KiB. */
  private static final long BEGIN = 4096;

  private static final long END = BEGIN + 4 * SHAPE.elements();

  @Test
  void whatIsWrittenOutsideTheTensorsIsSeen() {
    assumeTrue(NativeLibrary.get().failure() == null, "there is no oneDNN here");
    assertTrue(isIntactWithAWriteAt(BEGIN));
    assertTrue(isIntactWithAWriteAt(END - 4));
    assertFalse(isIntactWithAWriteAt(BEGIN - 4));
    assertFalse(isIntactWithAWriteAt(END));
  }

  private static boolean isIntactWithAWriteAt(long offset) {
    try (Scope scope = new Scope();
        GrowableMemory own = new GrowableMemory();
        GrowableMemory plain = new GrowableMemory()) {
      dnnl_engine engine = new dnnl_engine();
      Dnnl.check(dnnl_engine_create(engine, dnnl_cpu, 0), "an engine");
      scope.onClose(() -> dnnl_engine_destroy(engine));
      PrimitiveCheck check = new Relu(false, SHAPE);
      try (PrimitiveExecution execution =
          new PrimitiveExecution(engine, own, plain, check, relu(engine, scope), null)) {
        assertEquals(Optional.empty(), check.run(execution));
        assertTrue(execution.isIntact());
        own.atLeast(0).floats(offset, 1).put(0, 1);
        return execution.isIntact();
      }
    }
  }

  private static dnnl_primitive_desc relu(dnnl_engine engine, Scope scope) {
    Dnnl dnnl = new Dnnl(engine, scope);
    dnnl_memory_desc md = dnnl.plain(dnnl_f32, Dnnl.dims(SHAPE));
    return dnnl.describe(
        "ReLU",
        result ->
            dnnl_eltwise_forward_primitive_desc_create(
                result,
                engine,
                dnnl_forward_inference,
                dnnl_eltwise_relu,
                md,
                md,
                0,
                0,
                dnnl.attributes(false)));
  }
}
