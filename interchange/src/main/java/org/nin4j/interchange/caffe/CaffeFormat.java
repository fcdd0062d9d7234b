package org.nin4j.interchange.caffe;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.ModelImporter;
import org.nin4j.io.TensorInfo;

/**
 * Caffe's files: the weights of a training, {@code .caffemodel}, and the text that defines their
 * network, {@code .prototxt}. The definition is {@link ImportOptions#definition}, or the file of
 * the same name beside the weights, or else the network of the training that the weights hold.
 *
 * <p>Layers are those of Caffe's phase TEST. Pooling is in ceil mode, as in Caffe. The weights of
 * the first layer, mean values and the mean image are those of blue, green, red in the file, and of
 * red, green, blue in the model. The preprocessing is that of the data layer (means, scale and
 * centre crop), where it has means or a scale; a mean image is found by its name beside the file.
 * Where there is none, the options have to say the normalization, of red, green, blue from 0 to 1.
 */
public final class CaffeFormat implements ModelImporter {
  /**
   * Creates the format, for {@link java.util.ServiceLoader}. It fails where protobuf is missing, so
   * that the other formats are found without this one.
   */
  public CaffeFormat() {
    Objects.requireNonNull(CodedInputStream.class);
  }

  @Override
  public String format() {
    return "Caffe";
  }

  @Override
  public List<String> extensions() {
    return List.of(CaffeFiles.WEIGHTS, CaffeFiles.DEFINITION);
  }

  /** {@return false: neither file begins with a mark, so that the extension has to tell} */
  @Override
  public boolean recognizes(byte[] start) {
    return false;
  }

  @Override
  public boolean takesDefinition() {
    return true;
  }

  @Override
  public ImportedModel read(Path file, ImportOptions options) throws IOException {
    return CaffeImport.read(file, options);
  }

  @Override
  public FileDescription describe(Path file) throws IOException {
    if (CaffeFiles.has(file, CaffeFiles.DEFINITION)) {
      return describe(file, Prototxt.read(file), List.of());
    }
    CaffeWeights weights = CaffeWeights.read(file);
    List<TensorInfo> tensors = new ArrayList<>();
    weights
        .blobs()
        .forEach(
            (layer, blobs) -> {
              for (int i = 0; i < blobs.size(); i++) {
                tensors.add(blobs.get(i).info(layer + "[" + i + "]"));
              }
            });
    return describe(file, weights.net(), tensors);
  }

  private FileDescription describe(Path file, CaffeMessage net, List<TensorInfo> tensors)
      throws IOException {
    List<CaffeLayer> layers;
    Map<String, String> properties = new LinkedHashMap<>();
    try {
      layers = CaffeLayer.of(net);
      if (net.has("name")) {
        properties.put("network", Quoted.printable(net.text("name"), 80));
      }
      for (InputBlob input : InputBlob.of(net)) {
        properties.put("input " + Quoted.printable(input.name(), 80), Blob.text(input.dims()));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(file, e.getMessage(), e);
    }
    return new FileDescription(
        format(), properties, Map.of(), tensors, layers.stream().map(CaffeLayer::line).toList());
  }
}
