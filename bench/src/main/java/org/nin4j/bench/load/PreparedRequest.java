package org.nin4j.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of a request, and those that the body of a good answer ends with. */
public final class PreparedRequest {
  private static final String REQUEST = ".request";
  private static final String EXPECTED = ".expected";

  private final ByteBuffer bytes;
  private final byte[] expected;

  private PreparedRequest(byte[] request, byte[] expected) {
    bytes = ByteBuffer.allocateDirect(request.length).put(request).flip();
    this.expected = expected;
  }

  /** Reads the requests that {@link #write} has written. */
  static List<PreparedRequest> read(Path folder) throws IOException {
    List<PreparedRequest> all = new ArrayList<>();
    while (Files.exists(folder.resolve(all.size() + REQUEST))) {
      byte[] request = Files.readAllBytes(folder.resolve(all.size() + REQUEST));
      byte[] expected = Files.readAllBytes(folder.resolve(all.size() + EXPECTED));
      all.add(new PreparedRequest(request, expected));
    }
    return all;
  }

  /** Writes one to a folder, from index 0. */
  public static void write(Path folder, int index, byte[] request, byte[] expected)
      throws IOException {
    Files.write(folder.resolve(index + REQUEST), request);
    Files.write(folder.resolve(index + EXPECTED), expected);
  }

  /** A view for one use. */
  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  boolean isAnsweredBy(byte[] buffer, int from, int to) {
    int begin = to - expected.length;
    return begin >= from && Arrays.equals(buffer, begin, to, expected, 0, expected.length);
  }
}
