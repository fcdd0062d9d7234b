package org.nin4j.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model file says of itself, found without reading its weights.
 *
 * @param format the name of the format, such as {@code safetensors}
 * @param properties what the format says of the file as a whole, such as the operator set; by a
 *     word or two for people
 * @param metadata the texts that the file's writer put into it, by their keys
 * @param tensors the tensors in the file's order
 * @param graph a line for each node or layer, in the order in which they run; empty for a file that
 *     only holds tensors
 */
public record FileDescription(
    String format,
    Map<String, String> properties,
    Map<String, String> metadata,
    List<TensorInfo> tensors,
    List<String> graph) {

  /**
   * Copies maps and lists.
   *
   * @param format the name of the format
   * @param properties what the format says of the file as a whole
   * @param metadata the texts that the file's writer put into it
   * @param tensors the tensors in the file's order
   * @param graph a line for each node or layer
   */
  public FileDescription {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
    graph = List.copyOf(graph);
  }
}
