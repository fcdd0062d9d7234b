package org.nin4j.interchange.caffe;

import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Writes weights in Caffe's binary form, without what is tested. */
final class CaffeBytes {
  private CaffeBytes() {}

  /** How blobs are written. */
  enum Form {
    /** Packed floats with num, channels, height and width, as in 2013. */
    OLD,
    /** Packed floats with a shape. */
    SHAPED,
    /** Floats one by one, with a shape. */
    APART,
    /** Packed doubles with a shape. */
    DOUBLE
  }

  /** An array of numbers of a layer. */
  record Array(String layer, int[] dims, float[] values) {
    static Array random(Random random, String layer, int... dims) {
      int size = 1;
      for (int dim : dims) {
        size *= dim;
      }
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = random.nextFloat() - 0.5f;
      }
      return new Array(layer, dims, values);
    }
  }

  /**
   * Writes the layers of a definition with the arrays of each.
   *
   * @param definition a file of text
   */
  static void write(Path target, Path definition, Form form, List<Array> arrays)
      throws IOException {
    CaffeMessage net = Prototxt.read(definition);
    boolean old = !net.messages("layers").isEmpty();
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(target))) {
      CodedOutputStream out = CodedOutputStream.newInstance(stream);
      out.writeString(1, net.text("name"));
      for (CaffeMessage layer : net.messages(old ? "layers" : "layer")) {
        List<Array> own =
            arrays.stream().filter(array -> array.layer().equals(layer.text("name"))).toList();
        int length = layer.message().getSerializedSize();
        for (Array array : own) {
          int size = size(array, form);
          length += 1 + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
        }
        out.writeTag(old ? 2 : 100, 2);
        out.writeUInt32NoTag(length);
        layer.message().writeTo(out);
        for (Array array : own) {
          out.writeTag(old ? 6 : 7, 2);
          out.writeUInt32NoTag(size(array, form));
          write(out, array, form);
        }
      }
      out.flush();
    }
  }

  /** Writes a blob alone, as a mean image is. */
  static void write(Path target, Array array, Form form) throws IOException {
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(target))) {
      CodedOutputStream out = CodedOutputStream.newInstance(stream);
      write(out, array, form);
      out.flush();
    }
  }

  private static int size(Array array, Form form) throws IOException {
    long[] count = new long[1];
    CodedOutputStream counter =
        CodedOutputStream.newInstance(
            new OutputStream() {
              @Override
              public void write(int value) {
                count[0]++;
              }

              @Override
              public void write(byte[] values, int from, int length) {
                count[0] += length;
              }
            });
    write(counter, array, form);
    counter.flush();
    return (int) count[0];
  }

  private static void write(CodedOutputStream out, Array array, Form form) throws IOException {
    int[] dims = array.dims();
    if (form == Form.OLD) {
      for (int i = 0; i < 4; i++) {
        int missing = 4 - dims.length;
        out.writeInt32(i + 1, i < missing ? 1 : dims[i - missing]);
      }
    } else {
      int length = 0;
      for (int dim : dims) {
        length += CodedOutputStream.computeInt64SizeNoTag(dim);
      }
      out.writeTag(7, 2);
      out.writeUInt32NoTag(1 + CodedOutputStream.computeUInt32SizeNoTag(length) + length);
      out.writeTag(1, 2);
      out.writeUInt32NoTag(length);
      for (int dim : dims) {
        out.writeInt64NoTag(dim);
      }
    }
    if (form == Form.APART) {
      for (float value : array.values()) {
        out.writeFloat(5, value);
      }
      return;
    }
    boolean doubles = form == Form.DOUBLE;
    out.writeTag(doubles ? 8 : 5, 2);
    out.writeUInt32NoTag(array.values().length * (doubles ? Double.BYTES : Float.BYTES));
    for (float value : array.values()) {
      if (doubles) {
        out.writeDoubleNoTag(value);
      } else {
        out.writeFloatNoTag(value);
      }
    }
  }
}
