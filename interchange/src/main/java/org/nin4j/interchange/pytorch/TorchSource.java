package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nin4j.interchange.internal.ValueLimit;
import org.nin4j.interchange.internal.ZipRecord;
import org.nin4j.interchange.pytorch.PickleValue.Tensor;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;
import org.nin4j.io.TensorInfo;
import org.nin4j.io.TensorSource;

/** The tensors of an open checkpoint, read one at a time. */
final class TorchSource implements TensorSource {
  private final TorchArchive archive;
  private final StateDict stateDict;
  private final Map<String, String> metadata;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, TensorInfo> infos = new LinkedHashMap<>();

  /** Records whose checksum was verified; several tensors may share one. */
  private final Set<String> verified = new HashSet<>();

  private TorchSource(TorchArchive archive) throws IOException {
    this.archive = archive;
    metadata = archive.extra();
    stateDict = StateDict.of(archive, archive.content());
    for (Map.Entry<String, Tensor> entry : stateDict.tensors().entrySet()) {
      StoredTensor tensor = StoredTensor.of(archive, entry.getKey(), entry.getValue());
      tensors.put(entry.getKey(), tensor);
      infos.put(entry.getKey(), tensor.info());
    }
    requireLittleSharing();
  }

  /** Thousands of tensors could all claim the same storage. */
  private void requireLittleSharing() throws IOException {
    long values = tensors.values().stream().mapToLong(StoredTensor::span).sum();
    long bytes = Files.size(file());
    if (!new ValueLimit(bytes).allows(values)) {
      throw archive.refused(
          "claims "
              + values
              + " values for its tensors, but has only "
              + bytes
              + " bytes, because tensors share storages; save them after tensor.clone()");
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
    return Collections.unmodifiableMap(infos);
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
    float[] values = new float[(int) tensor.span()];
    Dtype dtype = tensor.info().dtype();
    Floats.Input in = archive.from(record, tensor.offset() * (dtype.bits() / 8));
    Floats.read(in, dtype, archive.order(), values, 0, values.length);
    return tensor.inOrder(values);
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
