package org.nin4j.interchange.caffe;

import java.util.List;
import java.util.Optional;
import org.nin4j.internal.Quoted;

/**
 * A network as Caffe runs it in its phase TEST.
 *
 * @param name what the file calls it; may be empty
 * @param inputs the blobs that a program fills, by the fields of the network; none where data
 *     layers fill them
 * @param data the data layers; those of the phase TRAIN where TEST has none, as in weights that
 *     were saved by a training
 * @param layers all other layers, in the order in which they run
 */
record CaffeNet(
    String name, List<InputBlob> inputs, List<CaffeLayer> data, List<CaffeLayer> layers) {
  /**
   * @throws IllegalArgumentException when the message is of no network
   */
  static CaffeNet of(CaffeMessage net) {
    PhaseRules test = PhaseRules.of(net, "TEST");
    PhaseRules train = PhaseRules.of(net, "TRAIN");
    List<CaffeLayer> all = CaffeLayer.of(net);
    List<CaffeLayer> data = all.stream().filter(CaffeLayer::isData).filter(test::include).toList();
    return new CaffeNet(
        Quoted.printable(net.text("name"), 80),
        InputBlob.of(net),
        data.isEmpty()
            ? all.stream().filter(CaffeLayer::isData).filter(train::include).toList()
            : data,
        all.stream().filter(layer -> !layer.isData() && test.include(layer)).toList());
  }

  /** The data layer that fills a blob, empty if none does. */
  Optional<CaffeLayer> dataLayer(String blob) {
    return data.stream().filter(layer -> layer.tops().contains(blob)).findFirst();
  }

  /** The blob that the first layer takes. */
  String firstBlob() {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("has no layers but those of data; name another file");
    }
    CaffeLayer first = layers.get(0);
    if (first.bottoms().isEmpty()) {
      throw first.defect(
          "takes nothing, and is no layer of data that is supported (Data,"
              + " ImageData, MemoryData, Input)");
    }
    return first.bottoms().get(0);
  }
}
