package org.nin4j.data;

import javax.imageio.stream.ImageInputStreamImpl;

/** The content of a file in memory as an input stream of ImageIO. */
final class BytesInput extends ImageInputStreamImpl {
  private final byte[] content;

  /**
   * @param content the bytes, which are not copied
   */
  BytesInput(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < content.length ? content[(int) streamPos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (streamPos >= content.length && length > 0) {
      return -1;
    }
    int count = (int) Math.min(length, content.length - streamPos);
    System.arraycopy(content, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return content.length;
  }
}
