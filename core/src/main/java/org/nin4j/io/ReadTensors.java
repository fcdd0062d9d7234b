package org.nin4j.io;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;

/** The tensors of a file that has been read already. */
final class ReadTensors implements TensorSource {
  private final Path file;
  private final Map<String, String> metadata;
  private final Map<String, TensorInfo> all = new LinkedHashMap<>();
  private final Map<String, NamedTensor> read = new HashMap<>();

  /**
   * @param all what the file says of each tensor
   * @param read those whose elements read as floats
   */
  ReadTensors(
      Path file, Map<String, String> metadata, List<TensorInfo> all, List<NamedTensor> read) {
    this.file = file;
    this.metadata = metadata;
    all.forEach(tensor -> this.all.put(tensor.name(), tensor));
    read.forEach(tensor -> this.read.put(tensor.name(), tensor));
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(all);
  }

  @Override
  public float[] floats(String name) throws InvalidFileException {
    NamedTensor tensor = read.get(name);
    if (tensor == null) {
      throw new InvalidFileException(
          file,
          "tensor "
              + Quoted.text(name)
              + " is "
              + all.get(name)
              + "; only F32 can be used here (and F16, BF16, F64, I8 and U8, which are converted)",
          null);
    }
    return tensor.values();
  }

  @Override
  public void close() {}
}
