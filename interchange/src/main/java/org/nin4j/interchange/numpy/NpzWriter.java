package org.nin4j.interchange.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.nin4j.interchange.internal.StoredZipWriter;
import org.nin4j.io.Dtype;
import org.nin4j.io.NamedTensor;

/** Writes an archive of arrays as {@code np.savez} does: stored, not compressed. */
final class NpzWriter {
  private NpzWriter() {}

  static void write(OutputStream out, Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    StoredZipWriter zip = new StoredZipWriter(out, 1);
    byte[] texts = NpzMetadata.bytes(metadata);
    zip.write(NpzMetadata.NAME + NpzFile.ARRAY, array -> array.write(texts));
    for (NamedTensor tensor : tensors) {
      zip.write(tensor.name() + NpzFile.ARRAY, array -> write(tensor, array));
    }
    zip.finish();
  }

  /** Integers stay what they are; all else becomes F32. */
  private static void write(NamedTensor tensor, OutputStream out) throws IOException {
    boolean integers = tensor.dtype() == Dtype.I8 || tensor.dtype() == Dtype.U8;
    NpyWriter writer = new NpyWriter(out, integers ? tensor.dtype() : Dtype.F32, tensor.dims());
    writer.write(tensor.values(), 0, tensor.values().length);
  }
}
