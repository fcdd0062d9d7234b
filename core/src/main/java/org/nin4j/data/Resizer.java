package org.nin4j.data;

/** Resizes images channel by channel. Keeps scratch memory, so it belongs to one thread. */
interface Resizer {
  /** Sets the source and output sizes of the channels that are resized next. */
  void frame(Framing framing);

  /**
   * Resizes one channel.
   *
   * @param source the image, unsigned bytes in the order (C, H, W)
   * @param plane index of the channel's first byte
   * @param level each of the 256 pixel values after scaling and normalisation
   * @param target receives a channel of the network's input, floats in the order (H, W)
   * @param offset index in the target of its first float
   */
  void resize(byte[] source, int plane, float[] level, float[] target, int offset);
}
