package org.nin4j.server.classify;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * An image file that a client has sent.
 *
 * @param name what the client calls it, of any characters; never used as a path
 * @param pieces its bytes, where they lie in the body of the request
 */
record UploadedImage(Optional<String> name, List<ByteBuffer> pieces) {
  /** An image that is the whole body. */
  static UploadedImage of(byte[] body) {
    return new UploadedImage(Optional.empty(), List.of(ByteBuffer.wrap(body)));
  }

  int length() {
    return pieces.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  /** The bytes, which are copied unless they are the whole body. */
  byte[] content() {
    ByteBuffer first = pieces.isEmpty() ? ByteBuffer.allocate(0) : pieces.get(0);
    if (pieces.size() == 1 && first.array().length == first.remaining()) {
      return first.array();
    }
    ByteBuffer all = ByteBuffer.allocate(length());
    pieces.forEach(each -> all.put(each.duplicate()));
    return all.array();
  }
}
