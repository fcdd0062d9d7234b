package org.nin4j.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One connection to the server, which is kept open and opened again when the server closes it. */
final class Connection implements AutoCloseable {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress address;
  private SocketChannel channel;
  private byte[] buffer = new byte[1 << 16];
  private int filled;

  Connection(int port) {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * The answer to a request.
   *
   * @param status such as 200
   * @param expected whether its body ends as the request says
   * @param closed whether the server closes the connection after it
   */
  record Answer(int status, boolean expected, boolean closed) {}

  /** Sends a request and waits for its answer. */
  Answer ask(PreparedRequest request) throws IOException {
    try {
      if (channel == null) {
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(address);
      }
      for (ByteBuffer bytes = request.bytes(); bytes.hasRemaining(); ) {
        channel.write(bytes);
      }
      Answer answer = receive(request);
      if (answer.closed()) {
        close();
      }
      return answer;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Answer receive(PreparedRequest request) throws IOException {
    filled = 0;
    int head = -1;
    for (int searched = 0; head < 0; ) {
      more();
      head = endOfHead(searched);
      searched = Math.max(0, filled - 3);
    }
    int length = 0;
    boolean closed = false;
    for (int line = nextLine(0, head); line < head; line = nextLine(line, head)) {
      if (startsWith(line, LENGTH)) {
        length = number(line + LENGTH.length);
      } else if (startsWith(line, CLOSE)) {
        closed = true;
      }
    }
    while (filled < head + length) {
      more();
    }
    return new Answer(number(9), request.isAnsweredBy(buffer, head, head + length), closed);
  }

  private void more() throws IOException {
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    int count = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
    if (count < 0) {
      throw new EOFException("the server has closed the connection within an answer");
    }
    filled += count;
  }

  /** Returns where the body begins; -1 when the head is not complete. */
  private int endOfHead(int from) {
    for (int i = from; i + 4 <= filled; i++) {
      if (buffer[i] == '\r'
          && buffer[i + 1] == '\n'
          && buffer[i + 2] == '\r'
          && buffer[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private int nextLine(int from, int end) {
    int i = from;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i + 1;
  }

  private boolean startsWith(int from, byte[] lowerCase) {
    for (int i = 0; i < lowerCase.length; i++) {
      int letter = buffer[from + i];
      if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number that begins here, perhaps after blanks; the head ends with other bytes. */
  private int number(int from) {
    int i = from;
    while (buffer[i] == ' ') {
      i++;
    }
    int number = 0;
    for (; buffer[i] >= '0' && buffer[i] <= '9'; i++) {
      number = 10 * number + buffer[i] - '0';
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
