package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Quoted;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.ModelTensors;
import org.nin4j.nn.Network;

/** Makes a model of a file's graph, and of its metadata where this library has written it. */
final class OnnxImporter {
  private static final int LONGEST_NAME = 80;

  private final OnnxFile file;
  private final ImportOptions options;

  private OnnxImporter(OnnxFile file, ImportOptions options) {
    this.file = file;
    this.options = options;
  }

  static ImportedModel read(Path path, ImportOptions options) throws IOException {
    return new OnnxImporter(OnnxFile.read(path), options).read();
  }

  private ImportedModel read() throws IOException {
    Map<String, String> metadata = file.metadata();
    boolean isOwn = ModelTensors.areComplete(metadata);
    GraphReader graph = new GraphReader(file, isOwn, OnnxTensors.bytes(file), options.inputSize());
    graph.read();
    return isOwn ? own(graph, metadata) : foreign(graph);
  }

  /** The metadata say all, but the graph must be the one that they describe. */
  private ImportedModel own(GraphReader graph, Map<String, String> metadata) throws IOException {
    metadata.keySet().removeIf(key -> key.startsWith(ImageMetadata.PREFIX)); // for other programs
    ImportedModel model;
    try (OnnxTensors tensors = new OnnxTensors(file, metadata)) {
      model = ImportedModel.of(tensors, options);
    }
    new ArchitectureCheck(file, model.network(), graph.chain()).requireEqual();
    return model;
  }

  private ImportedModel foreign(GraphReader graph) throws IOException {
    String name = file.model().getGraph().getName();
    Network network =
        graph.chain().network(name.isEmpty() ? "onnx" : Quoted.printable(name, LONGEST_NAME));
    return new ImportedModel(
        network,
        weights(network, graph.chain().layers()),
        Optional.empty(),
        Optional.empty(),
        provenance(graph),
        Optional.empty());
  }

  private Weights weights(Network network, List<GraphLayer> layers) throws IOException {
    Weights weights = Weights.zeros(network);
    int i = 0;
    for (GraphLayer layer : layers) {
      for (Values values : layer.parameters()) {
        float[] target = weights.values(i++);
        float[] source = values.floats();
        if (source.length != target.length) {
          throw layer
              .node()
              .invalid("needs " + target.length + " weights, but has " + source.length);
        }
        System.arraycopy(source, 0, target, 0, target.length);
      }
    }
    return weights;
  }

  private Map<String, String> provenance(GraphReader graph) {
    Map<String, String> provenance = new LinkedHashMap<>();
    String producer =
        (file.model().getProducerName() + " " + file.model().getProducerVersion()).strip();
    provenance.put("imported_from", "ONNX, opset " + graph.opset());
    if (!producer.isEmpty()) {
      provenance.put("producer", Quoted.printable(producer, LONGEST_NAME));
    }
    graph
        .chain()
        .softmax()
        .ifPresent(node -> provenance.put("left_out", node.type() + " behind the logits"));
    return provenance;
  }
}
