package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nin4j.interchange.internal.ValueLimit;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Dtype;
import org.nin4j.io.TensorInfo;
import org.nin4j.io.TensorSource;

/** The initializers of a file that this library has written. */
final class OnnxTensors implements TensorSource {
  private final OnnxFile file;
  private final Map<String, String> metadata;
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
  private final Map<String, TensorInfo> infos = new LinkedHashMap<>();

  /**
   * Checks that all tensors are where they say.
   *
   * @param metadata those of a model
   */
  OnnxTensors(OnnxFile file, Map<String, String> metadata) throws IOException {
    this.file = file;
    this.metadata = metadata;
    for (TensorProto proto : file.model().getGraph().getInitializerList()) {
      OnnxTensor tensor = new OnnxTensor(file, proto, proto.getName());
      tensor.storage();
      Dtype dtype =
          tensor
              .dtype()
              .orElseThrow(
                  () ->
                      tensor.invalid("is " + tensor.typeAndExtents() + ", which is not supported"));
      // a scale or zero point of a whole tensor has no extents in ONNX
      List<Long> dims = tensor.dims().isEmpty() ? List.of(1L) : tensor.dims();
      tensors.put(tensor.name(), tensor);
      infos.put(tensor.name(), new TensorInfo(tensor.name(), dtype, dims));
    }
    requireNoOverlap();
  }

  /** Tensors of another file could all claim the same bytes. */
  private void requireNoOverlap() throws IOException {
    long values = infos.values().stream().mapToLong(TensorInfo::elements).sum();
    long bytes = bytes(file);
    if (!new ValueLimit(bytes).allows(values)) {
      throw file.invalid(
          "claims " + values + " values for its tensors, but its files have " + bytes + " bytes");
    }
  }

  /** Returns the size of a model's file and of the files that hold its tensors. */
  static long bytes(OnnxFile file) throws IOException {
    long bytes = Files.size(file.path());
    Set<Path> others = new HashSet<>();
    for (TensorProto proto : file.model().getGraph().getInitializerList()) {
      OnnxTensor tensor = new OnnxTensor(file, proto, proto.getName());
      if (tensor.isExternal()) {
        Path other = tensor.external().file(file.path());
        if (others.add(other)) {
          bytes += Files.size(other);
        }
      }
    }
    return bytes;
  }

  @Override
  public Path file() {
    return file.path();
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(infos);
  }

  @Override
  public float[] floats(String name) throws IOException {
    OnnxTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor is called " + Quoted.text(name));
    }
    return tensor.floats();
  }

  @Override
  public void close() {}
}
