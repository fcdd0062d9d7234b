package org.nin4j.engine.onednn.verify;

/** An argument of a primitive, by oneDNN's name for it. A reorder goes from SRC to DST. */
public enum MemoryArgument {
  SRC,
  SRC_1,
  WEIGHTS,
  BIAS,
  DST,
  MEAN,
  VARIANCE,
  SCALE,
  SHIFT,
  DIFF_SRC,
  DIFF_WEIGHTS,
  DIFF_BIAS,
  DIFF_DST,
  DIFF_SCALE,
  DIFF_SHIFT,
  /** By which the integers of SRC are multiplied. */
  SRC_SCALE,
  /** By which the integers of WEIGHTS are multiplied, one for each output channel. */
  WEIGHTS_SCALE,
  /** By which the result is divided before it is rounded to an integer of DST. */
  DST_SCALE
}
