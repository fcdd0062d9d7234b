package org.nin4j.interchange.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the pickle of a state_dict, contiguous tensors by their names, in protocol 2: as a dict,
 * since libtorch reads no OrderedDict, and {@code load_state_dict} takes either.
 */
final class StateDictPickler {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Returns the pickle of tensors whose storages are named by their index. */
  static byte[] pickle(List<WrittenTensor> tensors) {
    return new StateDictPickler().write(tensors);
  }

  private byte[] write(List<WrittenTensor> tensors) {
    out.write(0x80);
    out.write(2);
    out.write('}');
    out.write('(');
    for (int i = 0; i < tensors.size(); i++) {
      text(tensors.get(i).name());
      tensor(tensors.get(i), Integer.toString(i));
    }
    out.write('u');
    out.write('.');
    return out.toByteArray();
  }

  private void tensor(WrittenTensor tensor, String key) {
    global("torch._utils", "_rebuild_tensor_v2");
    out.write('(');
    out.write('(');
    text("storage");
    global("torch", tensor.storageType());
    text(key);
    text("cpu");
    number(tensor.elements());
    out.write('t');
    out.write('Q');
    number(0); // offset
    numbers(tensor.dims());
    numbers(tensor.strides());
    out.write(0x89); // requires_grad
    global("collections", "OrderedDict"); // no backward_hooks
    out.write(')');
    out.write('R');
    out.write('t');
    out.write('R');
  }

  private void global(String module, String name) {
    out.write('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    int32(bytes.length);
    out.writeBytes(bytes);
  }

  private void numbers(List<Long> numbers) {
    out.write('(');
    numbers.forEach(this::number);
    out.write('t');
  }

  /** A number from 0 that an array's length can be. */
  private void number(long number) {
    if (number < 1 << 8) {
      out.write('K');
      out.write((int) number);
    } else {
      out.write('J');
      int32(Math.toIntExact(number));
    }
  }

  private void int32(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(value >> shift);
    }
  }
}
