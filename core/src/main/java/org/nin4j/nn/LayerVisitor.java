package org.nin4j.nn;

/**
 * One method for each kind of layer, so that code which treats them all (an engine, the JSON form)
 * does not compile until a new kind is treated there too.
 *
 * @param <R> what a visit returns
 */
public interface LayerVisitor<R> {
  R visit(Conv2d layer);

  R visit(ReLU layer);

  R visit(MaxPool2d layer);

  R visit(AvgPool2d layer);

  R visit(AdaptiveAvgPool2d layer);

  R visit(BatchNorm2d layer);

  R visit(Dropout layer);

  R visit(Flatten layer);

  R visit(Linear layer);

  R visit(Sequential layer);
}
