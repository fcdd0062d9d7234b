package org.nin4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;
import org.nin4j.internal.Quoted;

/** Reads a safetensors file from front to back, and believes nothing before it is checked. */
final class SafeTensorsReader {
  /** What the text of a header and all that it says take, for each of its bytes. */
  private static final int MEMORY_PER_BYTE = 16;

  /** Bytes that are skipped at once. */
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final long size;
  private final MessageDigest digest = Digest.sha256();

  private SafeTensorsReader(Path file, InputStream in, long size) {
    this.file = file;
    this.in = in;
    this.size = size;
  }

  static SafeTensors read(Path file) throws IOException {
    FileErrors.requireRegularFile(file);
    // Not a channel: those refuse to work in an interrupted thread.
    try (InputStream in = FileErrors.open(file)) {
      return read(file, in, Files.size(file));
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /**
   * Reads from a stream.
   *
   * @param file for messages
   * @param size bytes in the stream
   */
  static SafeTensors read(Path file, InputStream in, long size) throws IOException {
    return new SafeTensorsReader(file, in, size).read();
  }

  /** Reads a file's header alone. */
  static Header header(Path file) throws IOException {
    FileErrors.requireRegularFile(file);
    try (InputStream in = FileErrors.open(file)) {
      SafeTensorsReader reader = new SafeTensorsReader(file, in, Files.size(file));
      return reader.header(reader.headerBytes());
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  private Header header(byte[] bytes) throws IOException {
    Header header = HeaderParser.parse(file, bytes);
    long dataStart = (long) Header.LENGTH_BYTES + bytes.length;
    Header.Defect defect = header.defect(size - dataStart);
    if (defect != null) {
      throw new InvalidFileException(
          file,
          dataStart + defect.dataByte(),
          defect.what()
              + " (data start at byte "
              + dataStart
              + "); the file is damaged or cut off, copy or write it again",
          null);
    }
    return header;
  }

  private SafeTensors read() throws IOException {
    byte[] bytes = headerBytes();
    Header header = header(bytes);
    Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
    String digits = metadata.remove(Digest.KEY);
    if (digits != null) {
      if (!Digest.isAtItsPlace(bytes, digits)) {
        throw damaged();
      }
      Digest.set(bytes, Digest.BLANK);
    }
    digest.update(bytes);
    List<NamedTensor> tensors = new ArrayList<>();
    for (TensorRange range : header.tensors()) {
      if (range.info().dtype().readsAsFloat()) {
        tensors.add(new NamedTensor(range.info(), values(range.info())));
      } else {
        skip(range.end() - range.begin());
      }
    }
    if (digits != null && !HexFormat.of().formatHex(digest.digest()).equals(digits)) {
      throw damaged();
    }
    return new SafeTensors(
        metadata, header.tensors().stream().map(TensorRange::info).toList(), tensors);
  }

  private byte[] headerBytes() throws IOException {
    if (size < Header.LENGTH_BYTES) {
      throw new InvalidFileException(
          file,
          size,
          "has only "
              + size
              + " bytes, and a safetensors file begins with 8 for its header's length; it is cut"
              + " off or not a safetensors file",
          null);
    }
    byte[] number = new byte[Header.LENGTH_BYTES];
    fill(number, number.length);
    digest.update(number);
    long length = ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(Header.LONGEST, size - Header.LENGTH_BYTES);
    if (length == 0 || Long.compareUnsigned(length, most) > 0) {
      throw new InvalidFileException(
          file,
          0,
          "declares a header of "
              + Long.toUnsignedString(length)
              + " bytes at byte 0, but 1 to "
              + most
              + " are possible; the file is cut off or not a safetensors file",
          null);
    }
    long memory = Runtime.getRuntime().maxMemory();
    if (length > memory / MEMORY_PER_BYTE) {
      throw new InvalidFileException(
          file,
          0,
          "has a header of "
              + length
              + " bytes, too many for Java's memory of "
              + memory / (1 << 20)
              + " MiB; if the file can be right, raise the limit with -Xmx, for nin by"
              + " NIN_JAVA_OPTS=-Xmx8g",
          null);
    }
    byte[] bytes = new byte[(int) length];
    fill(bytes, bytes.length);
    return bytes;
  }

  private void skip(long bytes) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, bytes)];
    for (long left = bytes; left > 0; left -= Math.min(left, chunk.length)) {
      int length = (int) Math.min(left, chunk.length);
      next(chunk, length);
    }
  }

  private float[] values(TensorInfo tensor) throws IOException {
    if (tensor.elements() > Floats.MOST) {
      throw new InvalidFileException(
          file,
          "tensor "
              + Quoted.text(tensor.name())
              + " is "
              + tensor
              + ", which is more than an array can hold; split it",
          null);
    }
    float[] values = new float[(int) tensor.elements()];
    Floats.read(this::next, tensor.dtype(), ByteOrder.LITTLE_ENDIAN, values, 0, values.length);
    return values;
  }

  /** Reads bytes that the digest covers. */
  private void next(byte[] target, int length) throws IOException {
    fill(target, length);
    digest.update(target, 0, length);
  }

  private void fill(byte[] target, int length) throws IOException {
    if (in.readNBytes(target, 0, length) < length) {
      throw new InvalidFileException(file, "became shorter while it was read; try again", null);
    }
  }

  private InvalidFileException damaged() {
    return new InvalidFileException(
        file,
        "its content does not match its digest; the file was damaged after it was written,"
            + " or changed by a program that kept the metadata '"
            + Digest.KEY
            + "'",
        null);
  }
}
