package org.nin4j.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipTest {
  private static final int MOST = 10_000;
  private static final byte[] TEXT = "to be compressed, or not to be".repeat(30).getBytes(UTF_8);

  private final MemoryBudget budget = new MemoryBudget(1L << 30);
  private final BodyMemory memory = new BodyMemory(budget);

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  private byte[] decompress(byte[] body) throws HttpError {
    return Gzip.decompress(body, MOST, memory);
  }

  private int status(byte[] body) {
    return assertThrows(HttpError.class, () -> decompress(body)).status();
  }

  @Test
  void membersFollowEachOtherAndTheRestIsIgnored() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(gzip(Arrays.copyOf(TEXT, 100)));
    body.writeBytes(gzip(Arrays.copyOfRange(TEXT, 100, TEXT.length)));
    assertArrayEquals(TEXT, decompress(body.toByteArray()));
    body.writeBytes("more".getBytes(UTF_8));
    assertArrayEquals(TEXT, decompress(body.toByteArray()));
  }

  @Test
  void asMuchComesOutAsMay() throws Exception {
    assertEquals(MOST, decompress(gzip(new byte[MOST])).length);
    assertEquals(0, decompress(gzip(new byte[0])).length);
    assertEquals(413, status(gzip(new byte[MOST + 1])));
    assertEquals(413, status(gzip(new byte[1000 * MOST])));
  }

  @Test
  void whatIsNotGzipOrEndsTooEarlyIsABadRequest() throws IOException {
    byte[] whole = gzip(TEXT);
    assertEquals(400, status(TEXT));
    for (int length = 0; length < whole.length; length++) {
      assertEquals(400, status(Arrays.copyOf(whole, length)), "only " + length + " bytes of it");
    }
  }

  @Test
  void damagedGzipIsABadRequestUnlessItDoesNotMatter() throws IOException {
    byte[] whole = gzip(TEXT);
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertArrayEquals(TEXT, decompress(damaged)); // the time and the system may be anything
      } catch (HttpError e) {
        assertEquals(400, e.status());
      }
    }
  }

  @Test
  void allMemoryIsGivenBack() throws Exception {
    decompress(gzip(new byte[MOST]));
    memory.release();
    assertEquals(0, budget.taken());
    assertEquals(503, status(gzip(TEXT)), "nothing can be taken after that");
  }
}
