package org.nin4j.interchange.numpy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nin4j.io.Dtype;
import org.nin4j.io.NamedTensor;

/** Writes an archive of arrays as {@code np.savez} does: stored, not compressed. */
final class NpzWriter {
  /** The first of which zip knows: the bytes must not depend on the clock. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NpzWriter() {}

  /** Something that writes the bytes of an array, the same ones each time. */
  private interface Array {
    void writeTo(OutputStream out) throws IOException;
  }

  static void write(OutputStream out, Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
    zip.setMethod(ZipOutputStream.STORED);
    byte[] texts = NpzMetadata.bytes(metadata);
    add(zip, NpzMetadata.NAME, array -> array.write(texts));
    for (NamedTensor tensor : tensors) {
      add(zip, tensor.name(), array -> write(tensor, array));
    }
    zip.finish();
    zip.flush();
  }

  /** Integers stay what they are; all else becomes F32. */
  private static void write(NamedTensor tensor, OutputStream out) throws IOException {
    boolean integers = tensor.dtype() == Dtype.I8 || tensor.dtype() == Dtype.U8;
    NpyWriter writer = new NpyWriter(out, integers ? tensor.dtype() : Dtype.F32, tensor.dims());
    writer.write(tensor.values(), 0, tensor.values().length);
  }

  /** Size and checksum come before the bytes, which are therefore made twice. */
  private static void add(ZipOutputStream zip, String name, Array array) throws IOException {
    Measure measure = new Measure();
    CheckedOutputStream checked = new CheckedOutputStream(measure, new CRC32());
    array.writeTo(checked);
    ZipEntry entry = new ZipEntry(name + NpzFile.ARRAY);
    entry.setTimeLocal(TIME);
    entry.setSize(measure.bytes);
    entry.setCrc(checked.getChecksum().getValue());
    zip.putNextEntry(entry);
    array.writeTo(zip);
    zip.closeEntry();
  }

  /** Counts bytes. */
  private static final class Measure extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] source, int from, int length) {
      bytes += length;
    }
  }
}
