package org.nin4j.bench.report;

import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Summary;

/** The arithmetic of an image, two operations for each multiply-add of convolutions. */
final class Operations {
  private Operations() {}

  /**
   * A forward pass, or what a training needs: the forward pass, the gradients of the weights and
   * those of the inputs, each as many multiply-adds as the forward pass, but no gradient of the
   * images, which are the input of the first convolution.
   */
  static long perImage(String network, int size, Work work) {
    Network fitted = Networks.named(network).build().withInputSize(size, size);
    Summary summary = Summary.of(fitted);
    long forward = summary.total().multiplyAdds();
    long first =
        summary.leaves().stream()
            .filter(row -> row.layer() instanceof Conv2d)
            .findFirst()
            .map(row -> row.costs().multiplyAdds())
            .orElse(0L);
    return 2 * (work == Work.TRAINING ? 3 * forward - first : forward);
  }

  /** Thousand million operations a second. */
  static double giga(Task task, double imagesPerSecond) {
    return perImage(task.network(), task.size(), task.work()) * imagesPerSecond / 1e9;
  }
}
