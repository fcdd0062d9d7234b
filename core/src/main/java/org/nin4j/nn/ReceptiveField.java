package org.nin4j.nn;

import java.math.BigInteger;

/**
 * Which pixels of a network's input an output of a layer depends on: the output in row y and column
 * x depends on the {@code height} rows from {@code top + y * strideY} and on the {@code width}
 * columns from {@code left + x * strideX}. Rows and columns that are not in the image are padding.
 * From Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", Distill, 2019.
 *
 * <p>The field is that of the network's structure; it may be larger than the image. A {@link
 * Flatten} layer makes one output of a whole image: its field is the union of all. The windows of
 * an {@link AdaptiveAvgPool2d} differ in size where its output does not divide its input; then the
 * size is that of the largest, and the stride is rounded down.
 *
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 * @param strideY rows of the input from the field of an output to that of the output below
 * @param strideX columns of the input from the field of an output to that of the next
 * @param top first row of the field of the first output, 0 or, with padding, negative
 * @param left first column of the field of the first output, 0 or, with padding, negative
 */
public record ReceptiveField(int height, int width, int strideY, int strideX, int top, int left) {
  /** The field of a pixel of the input: itself. */
  static final ReceptiveField PIXEL = of(Extent.PIXEL, Extent.PIXEL);

  private static ReceptiveField of(Extent vertical, Extent horizontal) {
    return new ReceptiveField(
        vertical.size(),
        horizontal.size(),
        vertical.stride(),
        horizontal.stride(),
        vertical.start(),
        horizontal.start());
  }

  /** The field along one axis. Numbers beyond 31 bits, of absurd networks, are cut off there. */
  private record Extent(int size, int stride, int start) {
    static final Extent PIXEL = new Extent(1, 1, 0);

    /** The field of a window: size + (kernel - 1) stride, start - padding stride. */
    Extent under(int kernel, int step, int padding) {
      return new Extent(
          cut(size + (kernel - 1L) * stride),
          cut((long) stride * step),
          cut(start - (long) padding * stride));
    }

    private static int cut(long value) {
      return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
  }

  /**
   * Returns the field of a layer's output, given that of its input.
   *
   * @param input shape of the layer's input
   */
  ReceptiveField through(Layer layer, Shape input) {
    return layer.accept(new Growth(this, input));
  }

  ReceptiveField under(Size2d kernel, Size2d stride, Size2d padding) {
    return of(
        new Extent(height, strideY, top).under(kernel.height(), stride.height(), padding.height()),
        new Extent(width, strideX, left).under(kernel.width(), stride.width(), padding.width()));
  }

  /**
   * Returns whether every output depends on the whole image.
   *
   * @param input shape of the network's input, (N, C, H, W)
   * @param output shape of the layer's output, (N, C, H, W) or (N, C)
   * @return whether even the fields of the first and the last output contain the whole image
   */
  public boolean isWhole(Shape input, Shape output) {
    boolean image = output.rank() == 4;
    return contains(top, strideY, height, image ? output.height() : 1, input.height())
        && contains(left, strideX, width, image ? output.width() : 1, input.width());
  }

  private static boolean contains(int start, int stride, int size, int outputs, int inputs) {
    return start + (outputs - 1L) * stride <= 0 && (long) start + size >= inputs;
  }

  /** The field of a layer's output. */
  private record Growth(ReceptiveField field, Shape input) implements LayerVisitor<ReceptiveField> {
    @Override
    public ReceptiveField visit(Conv2d layer) {
      return field.under(layer.kernel(), layer.stride(), layer.padding());
    }

    @Override
    public ReceptiveField visit(MaxPool2d layer) {
      return field.under(layer.kernel(), layer.stride(), layer.padding());
    }

    @Override
    public ReceptiveField visit(AvgPool2d layer) {
      return field.under(layer.kernel(), layer.stride(), layer.padding());
    }

    @Override
    public ReceptiveField visit(AdaptiveAvgPool2d layer) {
      int height = layer.output().height();
      int width = layer.output().width();
      return field.under(
          new Size2d(largestWindow(input.height(), height), largestWindow(input.width(), width)),
          new Size2d(input.height() / height, input.width() / width),
          Size2d.of(0));
    }

    /**
     * Window i begins at floor(i inputs / outputs), whose remainder is at most outputs - gcd; with
     * that remainder, the window is longest.
     */
    private static int largestWindow(int inputs, int outputs) {
      int gcd = BigInteger.valueOf(inputs).gcd(BigInteger.valueOf(outputs)).intValueExact();
      long remainder = outputs - (long) gcd;
      return (int) ((remainder + inputs + outputs - 1) / outputs);
    }

    @Override
    public ReceptiveField visit(Flatten layer) {
      if (input.rank() != 4) {
        return field;
      }
      Size2d whole = new Size2d(input.height(), input.width());
      return field.under(whole, whole, Size2d.of(0));
    }

    @Override
    public ReceptiveField visit(Sequential layer) {
      ReceptiveField grown = field;
      Shape shape = input;
      for (Layer each : layer.layers()) {
        grown = grown.through(each, shape);
        shape = each.outputShape(shape);
      }
      return grown;
    }

    @Override
    public ReceptiveField visit(ReLU layer) {
      return field;
    }

    @Override
    public ReceptiveField visit(BatchNorm2d layer) {
      return field;
    }

    @Override
    public ReceptiveField visit(Dropout layer) {
      return field;
    }

    @Override
    public ReceptiveField visit(Linear layer) {
      return field; // of all its inputs alike
    }
  }
}
