package org.nin4j.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.json.JsonWriter;

/** Lays a safetensors file out: header length, header, data. */
final class SafeTensorsWriter {
  /** Data starts at a multiple of this, so that other programs may map it into memory. */
  private static final int ALIGNMENT = 8;

  private final List<NamedTensor> tensors;
  private final byte[] header;

  SafeTensorsWriter(Map<String, String> metadata, List<NamedTensor> tensors) {
    this.tensors = List.copyOf(tensors);
    requireText(metadata, tensors);
    header = header(metadata, tensors);
    if (header.length > Header.LONGEST) {
      throw new IllegalArgumentException(
          "names, shapes and metadata take "
              + header.length
              + " bytes, but a safetensors header may have only "
              + Header.LONGEST);
    }
    MessageDigest digest = Digest.sha256();
    pieces(digest::update);
    Digest.set(header, HexFormat.of().formatHex(digest.digest()));
  }

  private static void requireText(Map<String, String> metadata, List<NamedTensor> tensors) {
    Set<String> names = new HashSet<>();
    for (NamedTensor tensor : tensors) {
      requireEncodable(tensor.name());
      if (tensor.name().equals(Header.METADATA)) {
        throw new IllegalArgumentException("a tensor may not be called " + Header.METADATA);
      }
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "two tensors are called " + Quoted.text(tensor.name()) + "; names must differ");
      }
    }
    if (metadata.containsKey(Digest.KEY)) {
      throw new IllegalArgumentException("the metadata " + Digest.KEY + " are added on writing");
    }
    metadata.forEach(
        (key, value) -> {
          requireEncodable(key);
          requireEncodable(value);
        });
  }

  private static void requireEncodable(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(Quoted.text(text) + " is not Unicode text");
    }
  }

  private static byte[] header(Map<String, String> metadata, List<NamedTensor> tensors) {
    String json =
        JsonWriter.line(
            header -> {
              header.object(Header.METADATA, fields -> metadata(fields, metadata));
              long begin = 0;
              for (NamedTensor tensor : tensors) {
                long end = begin + written(tensor).bits() / 8L * tensor.values().length;
                List<Long> offsets = List.of(begin, end);
                header.object(tensor.name(), fields -> tensor(fields, tensor, offsets));
                begin = end;
              }
            });
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-(Header.LENGTH_BYTES + text.length), ALIGNMENT);
    byte[] padded = Arrays.copyOf(text, text.length + padding);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void metadata(JsonWriter fields, Map<String, String> metadata) {
    fields.text(Digest.KEY, Digest.BLANK);
    metadata.forEach(fields::text);
  }

  private static void tensor(JsonWriter fields, NamedTensor tensor, List<Long> offsets) {
    fields.text("dtype", written(tensor).name());
    fields.numbers("shape", tensor.dims());
    fields.numbers("data_offsets", offsets);
  }

  /** Integers stay what they are; all else becomes F32. */
  private static Dtype written(NamedTensor tensor) {
    boolean integers = tensor.dtype() == Dtype.I8 || tensor.dtype() == Dtype.U8;
    return integers ? tensor.dtype() : Dtype.F32;
  }

  /** Writes the file; the values must be those of when this object was made. */
  void writeTo(OutputStream out) throws IOException {
    pieces(out::write);
  }

  /** Returns the size of the file in bytes. */
  long size() {
    long values =
        tensors.stream()
            .mapToLong(tensor -> written(tensor).bits() / 8L * tensor.values().length)
            .sum();
    return Header.LENGTH_BYTES + header.length + values;
  }

  /** Writes the file piece by piece. */
  private <E extends Exception> void pieces(Floats.Output<E> out) throws E {
    byte[] length =
        ByteBuffer.allocate(Header.LENGTH_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array();
    out.write(length, 0, length.length);
    out.write(header, 0, header.length);
    for (NamedTensor tensor : tensors) {
      Floats.write(out, written(tensor), tensor.values(), 0, tensor.values().length);
    }
  }
}
