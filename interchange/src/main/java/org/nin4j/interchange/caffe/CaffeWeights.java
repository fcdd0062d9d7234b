package org.nin4j.interchange.caffe;

import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ProtobufOutline;

/**
 * A file of weights, whose numbers are still in it.
 *
 * @param file a {@code .caffemodel}
 * @param net its message: the network of the training
 * @param blobs by the names of the layers
 */
record CaffeWeights(Path file, CaffeMessage net, Map<String, List<Blob>> blobs) {
  /**
   * Reads all but the numbers.
   *
   * @throws InvalidFileException when the file is damaged or holds no layers
   * @throws IOException when it is missing or cannot be read
   */
  static CaffeWeights read(Path file) throws IOException {
    CaffeMessage net =
        new CaffeMessage(
            ProtobufOutline.read(
                file,
                DynamicMessage.getDefaultInstance(CaffeSchema.NET),
                Set.of(CaffeSchema.DATA, CaffeSchema.DOUBLE_DATA)));
    Map<String, List<Blob>> blobs = new LinkedHashMap<>();
    List<CaffeLayer> layers;
    try {
      layers = CaffeLayer.of(net);
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(file, e.getMessage(), e);
    }
    for (CaffeLayer layer : layers) {
      List<Blob> own = blobs(file, layer);
      if (!own.isEmpty() && blobs.put(layer.name(), own) != null) {
        throw new InvalidFileException(
            file, "has two weights for a " + layer + "; take another file", null);
      }
    }
    return new CaffeWeights(file, net, blobs);
  }

  private static List<Blob> blobs(Path file, CaffeLayer layer) throws IOException {
    List<Blob> blobs = new ArrayList<>();
    for (CaffeMessage message : layer.blobs()) {
      try {
        blobs.add(Blob.of(message));
      } catch (IllegalArgumentException e) {
        throw new InvalidFileException(
            file,
            "blob "
                + blobs.size()
                + " of "
                + layer
                + " "
                + e.getMessage()
                + "; the file is damaged, copy it again",
            e);
      }
    }
    return blobs;
  }

  /** The blobs of a layer; none where the file has none of that name. */
  List<Blob> of(CaffeLayer layer) {
    return blobs.getOrDefault(layer.name(), List.of());
  }
}
