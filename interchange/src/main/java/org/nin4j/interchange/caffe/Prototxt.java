package org.nin4j.interchange.caffe;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.Parser.SingularOverwritePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;
import org.nin4j.internal.Quoted;

/** Reads the text that defines a network. */
final class Prototxt {
  /** A definition of a thousand layers has about 300 kB. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int DEEPEST = 60;
  private static final int LONGEST_COMPLAINT = 200;

  private Prototxt() {}

  /**
   * Reads a file.
   *
   * @throws InvalidFileException when it is too large or cannot be parsed, with line and column
   * @throws IOException when it is missing or cannot be read
   */
  static CaffeMessage read(Path file) throws IOException {
    byte[] bytes;
    FileErrors.requireRegularFile(file);
    try (InputStream in = FileErrors.open(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    if (bytes.length > MOST_BYTES) {
      throw new InvalidFileException(
          file,
          "is larger than the "
              + MOST_BYTES
              + " bytes that a network's definition may have; is it the right file?",
          null);
    }
    try {
      return parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (PrototxtException e) {
      throw new InvalidFileException(
          file, "cannot be read: " + e.getMessage() + "; correct it there", e);
    }
  }

  private static CaffeMessage parse(String text) throws PrototxtException {
    String known = PrototxtScanner.known(text, CaffeSchema.NET);
    DynamicMessage.Builder net = DynamicMessage.newBuilder(CaffeSchema.NET);
    try {
      TextFormat.Parser.newBuilder()
          .setSingularOverwritePolicy(SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
          .setRecursionLimit(DEEPEST)
          .build()
          .merge(known, net);
    } catch (TextFormat.ParseException e) {
      String complaint = e.getMessage().replaceFirst("^\\d+:\\d+: ", "");
      throw new PrototxtException(
          e.getLine(),
          e.getColumn(),
          Quoted.printable(complaint, LONGEST_COMPLAINT).replaceFirst("\\.$", ""));
    }
    return new CaffeMessage(net.build());
  }
}
