package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nin4j.interchange.internal.ZipRecord;
import org.nin4j.interchange.pytorch.PickleValue.Tensor;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Floats;
import org.nin4j.io.TensorInfo;
import org.nin4j.io.TensorSource;

/** The tensors of an open checkpoint, read one at a time. */
final class TorchSource implements TensorSource {
  /** A multiple of every element's size. */
  private static final int CHUNK = 1 << 16;

  /** What a BatchNorm2d counts besides; no network here uses it. */
  static final String COUNTER = "num_batches_tracked";

  private final TorchArchive archive;
  private final StateDict stateDict;
  private final Map<String, String> metadata;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, TensorInfo> all = new LinkedHashMap<>();

  /** Records whose checksum was verified; several tensors may share one. */
  private final Set<String> verified = new HashSet<>();

  private TorchSource(TorchArchive archive) throws IOException {
    this.archive = archive;
    metadata = archive.extra();
    stateDict = StateDict.of(archive, archive.content());
    for (Map.Entry<String, Tensor> entry : stateDict.tensors().entrySet()) {
      StoredTensor tensor = StoredTensor.of(archive, entry.getKey(), entry.getValue());
      tensors.put(entry.getKey(), tensor);
      all.put(entry.getKey(), tensor.info());
    }
  }

  /** Opens a file and reads all but its storages. */
  static TorchSource open(Path file) throws IOException {
    TorchArchive archive = TorchArchive.open(file);
    try {
      return new TorchSource(archive);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  TorchArchive archive() {
    return archive;
  }

  StateDict stateDict() {
    return stateDict;
  }

  /** All tensors, with the counters of batches that no network here uses. */
  Map<String, TensorInfo> all() {
    return Collections.unmodifiableMap(all);
  }

  @Override
  public Path file() {
    return archive.file();
  }

  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    Map<String, TensorInfo> used = new LinkedHashMap<>(all);
    used.keySet().removeIf(name -> name.endsWith(COUNTER));
    return Collections.unmodifiableMap(used);
  }

  @Override
  public float[] floats(String name) throws IOException {
    StoredTensor tensor = tensors.get(name);
    if (!tensor.info().dtype().readsAsFloat()) {
      throw archive.refused(
          "tensor "
              + Quoted.text(name)
              + " is "
              + tensor.info()
              + ", and weights are floating point; save it as float32");
    }
    ZipRecord record = tensor.record();
    if (verified.add(record.name())) {
      archive.verify(record);
    }
    int size = tensor.info().dtype().bits() / 8;
    float[] values = new float[(int) tensor.span()];
    byte[] chunk = new byte[(int) Math.min(CHUNK, size * tensor.span())];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(archive.order());
    for (int from = 0; from < values.length; from += CHUNK / size) {
      int count = Math.min(CHUNK / size, values.length - from);
      archive.read(record, size * (tensor.offset() + from), chunk, count * size);
      Floats.decode(tensor.info().dtype(), buffer, values, from, count);
    }
    return tensor.inOrder(values);
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
