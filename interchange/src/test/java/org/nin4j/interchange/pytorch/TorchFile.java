package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.nin4j.interchange.internal.ZipBytes;

/** Makes files of {@code torch.save} from hand-made pickles. */
final class TorchFile {
  private final ZipBytes zip = new ZipBytes();

  /** A file with a pickle and a version. */
  TorchFile(PickleBytes pickle) {
    this(pickle, "3\n");
  }

  TorchFile(PickleBytes pickle, String version) {
    zip.stored("m/data.pkl", pickle.bytes());
    zip.stored("m/version", version);
  }

  TorchFile record(String name, byte[] bytes) {
    zip.stored("m/" + name, bytes);
    return this;
  }

  TorchFile record(String name, String text) {
    zip.stored("m/" + name, text);
    return this;
  }

  TorchFile floats(String key, float... values) {
    return record(
        "data/" + key, bytes(buffer -> buffer.asFloatBuffer().put(values), 4, values.length));
  }

  static byte[] bytes(Consumer<ByteBuffer> content, int size, int count) {
    return bytes(content, size, count, ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] bytes(Consumer<ByteBuffer> content, int size, int count, ByteOrder order) {
    byte[] bytes = new byte[size * count];
    content.accept(ByteBuffer.wrap(bytes).order(order));
    return bytes;
  }

  ZipBytes zip() {
    return zip;
  }

  Path write(Path folder) throws IOException {
    return Files.write(folder.resolve("m.pt"), zip.bytes());
  }
}
