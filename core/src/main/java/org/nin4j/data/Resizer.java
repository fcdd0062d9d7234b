package org.nin4j.data;

/** Resizes images channel by channel. Keeps scratch memory, so it belongs to one thread. */
interface Resizer {
  /** Sets what the next channels are resized from and to. */
  void frame(Framing framing);

  /**
   * Resizes one channel.
   *
   * @param source unsigned bytes
   * @param plane where the channel, (H, W), begins
   * @param level what each of the 256 pixel values becomes
   * @param target receives the rows and columns of the network's input
   * @param offset where in the target they begin
   */
  void resize(byte[] source, int plane, float[] level, float[] target, int offset);
}
