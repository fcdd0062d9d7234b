package org.nin4j.cli;

import java.io.IOException;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Summary;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for the input and the classes of the networks that are summarized. */
final class BatchOptions {
  @Option(
      names = "--input",
      paramLabel = "NxCxHxW",
      converter = BatchShape.class,
      description =
          "Batch size, channels, height and width. Default: one image of the network's own size.")
  Shape input;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes of a preset, at least 2. Default: the preset's own.")
  Integer classes;

  Summary summarize(NetworkChoice net) throws IOException {
    if (classes != null && classes < 2) {
      throw new UsageException("--classes must be at least 2, but is " + classes);
    }
    Network network = net.build(input == null ? null : input.withBatch(1), classes);
    try {
      return Summary.of(network, input == null ? network.input() : input);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Reads a shape with four dimensions. */
  static final class BatchShape implements ITypeConverter<Shape> {
    @Override
    public Shape convert(String text) {
      try {
        Shape shape = Shape.parse(text);
        if (shape.rank() == 4) {
          return shape;
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      throw new TypeConversionException(
          "'" + text + "' needs four numbers, as in 1x1x224x224 (batch, channels, height, width)");
    }
  }
}
