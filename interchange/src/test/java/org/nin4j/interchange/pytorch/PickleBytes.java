package org.nin4j.interchange.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** An assembler of pickles, which need not make sense. */
final class PickleBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A pickle of protocol 2, without its end. */
  static PickleBytes start() {
    return new PickleBytes().hex("80 02");
  }

  /** Appends opcodes whose bytes are ASCII. */
  PickleBytes ascii(String opcodes) {
    out.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  PickleBytes hex(String bytes) {
    out.writeBytes(HexFormat.of().parseHex(bytes.replace(" ", "")));
    return this;
  }

  PickleBytes global(String module, String name) {
    return ascii("c" + module + "\n" + name + "\n");
  }

  PickleBytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ascii("X").int32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  /** A number of 64 bits. */
  PickleBytes number(long number) {
    hex("8a 08").int32((int) number);
    return int32((int) (number >> 32));
  }

  private PickleBytes int32(int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >> shift);
    }
    return this;
  }

  PickleBytes tuple(long... numbers) {
    ascii("(");
    for (long number : numbers) {
      number(number);
    }
    return ascii("t");
  }

  PickleBytes storage(String type, String key, long elements) {
    ascii("(").text("storage").global("torch", type).text(key).text("cpu").number(elements);
    return ascii("tQ");
  }

  /** A call of {@code _rebuild_tensor_v2}, up to its size, or all of it. */
  PickleBytes tensor(
      String type, String key, long elements, long offset, long[] size, long[] stride) {
    global("torch._utils", "_rebuild_tensor_v2").ascii("(").storage(type, key, elements);
    number(offset).tuple(size).tuple(stride).hex("89");
    return global("collections", "OrderedDict").ascii(")RtR");
  }

  /** A contiguous tensor with one extent. */
  PickleBytes vector(String type, String key, long elements) {
    return tensor(type, key, elements, 0, new long[] {elements}, new long[] {1});
  }

  /** The pickle as it is. */
  byte[] bytes() {
    return out.toByteArray();
  }
}
