package org.nin4j.cli;

import org.nin4j.nn.Shape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The size of a network's input.
 *
 * @param channels null where only height and width are given
 */
record InputSize(Integer channels, int height, int width) {

  /** Reads a size of two or three dimensions. */
  static final class Converter implements ITypeConverter<InputSize> {
    @Override
    public InputSize convert(String text) {
      try {
        Shape shape = Shape.parse(text);
        if (shape.rank() == 2) {
          return new InputSize(null, shape.dim(0), shape.dim(1));
        }
        if (shape.rank() == 3) {
          return new InputSize(shape.dim(0), shape.dim(1), shape.dim(2));
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a size; write it as 224x224 (height, width) or 3x224x224");
      }
      throw new TypeConversionException(
          "'" + text + "' needs two or three numbers, as in 224x224 (height, width) or 3x224x224");
    }
  }
}
