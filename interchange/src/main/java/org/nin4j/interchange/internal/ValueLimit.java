package org.nin4j.interchange.internal;

/**
 * How many values the tensors of a model may have together. A few bytes can describe many values,
 * where tensors share them, so the memory for values is bounded by the size of the files.
 *
 * @param bytes the size of the model's files
 */
public record ValueLimit(long bytes) {
  /** What a model may have in any file, however small. */
  private static final long FREE = 4 << 20;

  /**
   * Returns whether so many values may be read.
   *
   * @param values number of values of all tensors, each held as a 32-bit float
   * @return whether they are few enough
   */
  public boolean allows(long values) {
    return values <= bytes + FREE;
  }
}
