package org.nin4j.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.nin4j.error.InvalidFileException;

/** Reads text files that are small enough to be read at once. */
public final class TextFile {
  private static final int MEBIBYTE = 1 << 20;

  private TextFile() {}

  /**
   * Reads a file, without a byte order mark at its start.
   *
   * @param file the file, in UTF-8
   * @param mostMebibytes how large the file may be, in MiB
   * @throws InvalidFileException when it is larger, or not UTF-8
   * @throws IOException when it is missing or cannot be read
   */
  public static String read(Path file, int mostMebibytes) throws IOException {
    int most = mostMebibytes * MEBIBYTE;
    byte[] bytes;
    try (InputStream in = FileErrors.open(file)) {
      bytes = in.readNBytes(most + 1);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    if (bytes.length > most) {
      throw new InvalidFileException(
          file,
          "it is larger than the " + mostMebibytes + " MiB that may be read; name another file",
          null);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidFileException(file, "it is not UTF-8 text; save it as UTF-8", e);
    }
  }
}
