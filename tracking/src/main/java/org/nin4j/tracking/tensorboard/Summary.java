package org.nin4j.tracking.tensorboard;

import java.awt.image.BufferedImage;
import org.nin4j.tracking.picture.Png;

/**
 * Named values of one step: a message {@code Summary} of {@code summary.proto}. Scalars, histograms
 * and images have the fields of their own that every reader knows, not only the current
 * TensorBoard; a text needs a tensor.
 */
final class Summary {
  private static final int DT_FLOAT = 1;
  private static final int DT_STRING = 7;
  private static final int DATA_CLASS_TENSOR = 2;
  private static final int RGB = 3;

  private final ProtoMessage summary = new ProtoMessage();

  /** Adds a point of a curve. */
  Summary scalar(String tag, double number) {
    return add(value(tag).real(2, (float) number));
  }

  /** Adds a distribution. */
  Summary histogram(String tag, Histogram histogram) {
    ProtoMessage fields =
        new ProtoMessage()
            .real(1, histogram.min())
            .real(2, histogram.max())
            .real(3, (double) histogram.count())
            .real(4, histogram.sum())
            .real(5, histogram.sumOfSquares())
            .reals(6, histogram.limits())
            .reals(7, histogram.counts());
    return add(value(tag).message(5, fields));
  }

  /** Adds an RGB picture. */
  Summary image(String tag, BufferedImage picture) {
    ProtoMessage image =
        new ProtoMessage()
            .integer(1, picture.getHeight())
            .integer(2, picture.getWidth())
            .integer(3, RGB)
            .bytes(4, Png.bytes(picture));
    return add(value(tag).message(4, image));
  }

  /** Adds a text in Markdown. */
  Summary text(String tag, String markdown) {
    ProtoMessage tensor =
        new ProtoMessage()
            .integer(1, DT_STRING)
            .message(2, new ProtoMessage()) // no dimensions
            .text(8, markdown);
    return add(value(tag).message(8, tensor).message(9, metadata("text", new ProtoMessage())));
  }

  /**
   * Adds data of the dashboard of hyperparameters, which are in the metadata of an empty tensor.
   */
  Summary hyperparameters(String tag, ProtoMessage data) {
    ProtoMessage noElements = new ProtoMessage().message(2, new ProtoMessage().integer(1, 0));
    ProtoMessage tensor = new ProtoMessage().integer(1, DT_FLOAT).message(2, noElements);
    return add(value(tag).message(8, tensor).message(9, metadata("hparams", data)));
  }

  ProtoMessage message() {
    return summary;
  }

  private static ProtoMessage metadata(String plugin, ProtoMessage data) {
    return new ProtoMessage()
        .message(1, new ProtoMessage().text(1, plugin).message(2, data))
        .integer(4, DATA_CLASS_TENSOR);
  }

  private static ProtoMessage value(String tag) {
    return new ProtoMessage().text(1, tag);
  }

  private Summary add(ProtoMessage value) {
    summary.message(1, value);
    return this;
  }
}
