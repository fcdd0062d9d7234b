package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;

/** A primitive that is ready to run on the numbers of a check. */
public interface Execution {
  /** The values of an operand: fp32, row-major, whatever type and layout the primitive takes. */
  FloatBuffer values(MemoryArgument argument);

  /**
   * Computes the outputs from the inputs. Before, outputs, scratch memory and what lies between the
   * tensors are filled with bytes 0xFF, which make NaN in fp32 and bf16.
   */
  void run();
}
