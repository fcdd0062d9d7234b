package org.nin4j.nn.report;

import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.LayerVisitor;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Size2d;

/** A layer in a few words, for a column of a table: {@code Conv2d 96->256, 5x5, pad 2}. */
final class BriefForm implements LayerVisitor<String> {
  @Override
  public String visit(Conv2d layer) {
    return "Conv2d "
        + layer.inChannels()
        + "->"
        + layer.outChannels()
        + ", "
        + size(layer.kernel())
        + (layer.stride().equals(Size2d.of(1)) ? "" : ", stride " + brief(layer.stride()))
        + pad(layer.padding())
        + (layer.bias() ? "" : ", no bias");
  }

  @Override
  public String visit(ReLU layer) {
    return layer.kind();
  }

  @Override
  public String visit(MaxPool2d layer) {
    return pool(layer.kind(), layer.kernel(), layer.stride(), layer.padding(), layer.ceilMode());
  }

  @Override
  public String visit(AvgPool2d layer) {
    return pool(layer.kind(), layer.kernel(), layer.stride(), layer.padding(), layer.ceilMode());
  }

  @Override
  public String visit(AdaptiveAvgPool2d layer) {
    return layer.kind() + " to " + size(layer.output());
  }

  @Override
  public String visit(BatchNorm2d layer) {
    return layer.kind() + " " + layer.features();
  }

  @Override
  public String visit(Dropout layer) {
    return layer.kind() + " " + layer.p();
  }

  @Override
  public String visit(Flatten layer) {
    return layer.kind();
  }

  @Override
  public String visit(Linear layer) {
    return "Linear "
        + layer.inFeatures()
        + "->"
        + layer.outFeatures()
        + (layer.bias() ? "" : ", no bias");
  }

  @Override
  public String visit(Sequential layer) {
    return layer.kind();
  }

  private static String pool(
      String kind, Size2d kernel, Size2d stride, Size2d padding, boolean ceilMode) {
    return kind
        + " "
        + size(kernel)
        + ", stride "
        + brief(stride)
        + pad(padding)
        + (ceilMode ? ", ceil" : "");
  }

  private static String pad(Size2d padding) {
    return padding.equals(Size2d.of(0)) ? "" : ", pad " + brief(padding);
  }

  /** {@code 3}, or {@code 3x5} where the sides differ. */
  static String brief(Size2d size) {
    return size.height() == size.width() ? Integer.toString(size.height()) : size(size);
  }

  private static String size(Size2d size) {
    return size.height() + "x" + size.width();
  }
}
