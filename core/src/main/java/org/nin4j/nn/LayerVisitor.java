package org.nin4j.nn;

/**
 * One method for each kind of layer, so that code which treats them all (an engine, the JSON form)
 * does not compile until a new kind is treated there too.
 *
 * @param <R> what a visit returns
 */
public interface LayerVisitor<R> {
  /** Visits a {@link Conv2d}. */
  R visit(Conv2d layer);

  /** Visits a {@link ReLU}. */
  R visit(ReLU layer);

  /** Visits a {@link MaxPool2d}. */
  R visit(MaxPool2d layer);

  /** Visits an {@link AvgPool2d}. */
  R visit(AvgPool2d layer);

  /** Visits an {@link AdaptiveAvgPool2d}. */
  R visit(AdaptiveAvgPool2d layer);

  /** Visits a {@link BatchNorm2d}. */
  R visit(BatchNorm2d layer);

  /** Visits a {@link Dropout}. */
  R visit(Dropout layer);

  /** Visits a {@link Flatten}. */
  R visit(Flatten layer);

  /** Visits a {@link Linear}. */
  R visit(Linear layer);

  /** Visits a {@link Sequential}. */
  R visit(Sequential layer);
}
