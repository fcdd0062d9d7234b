package org.nin4j.server.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tensors that every model computes: FP32, (N, classes). */
enum OutputTensor {
  /** What the network computes. */
  LOGITS,
  /** The softmax of the logits. */
  PROBABILITIES;

  /** The name in requests and responses. */
  String tensorName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<OutputTensor> named(String name) {
    return Arrays.stream(values()).filter(each -> each.tensorName().equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(OutputTensor::tensorName).toList();
  }
}
