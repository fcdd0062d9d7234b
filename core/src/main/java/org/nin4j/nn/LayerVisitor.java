package org.nin4j.nn;

/**
 * One method for each kind of layer, so that code which treats them all (an engine, the JSON form)
 * does not compile until a new kind is treated there too.
 *
 * @param <R> what a visit returns
 */
public interface LayerVisitor<R> {
  /**
   * Visits a {@link Conv2d}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(Conv2d layer);

  /**
   * Visits a {@link ReLU}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(ReLU layer);

  /**
   * Visits a {@link MaxPool2d}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(MaxPool2d layer);

  /**
   * Visits an {@link AvgPool2d}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(AvgPool2d layer);

  /**
   * Visits an {@link AdaptiveAvgPool2d}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(AdaptiveAvgPool2d layer);

  /**
   * Visits a {@link BatchNorm2d}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(BatchNorm2d layer);

  /**
   * Visits a {@link Dropout}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(Dropout layer);

  /**
   * Visits a {@link Flatten}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(Flatten layer);

  /**
   * Visits a {@link Linear}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(Linear layer);

  /**
   * Visits a {@link Sequential}.
   *
   * @param layer the layer that accepted the visitor
   * @return what the visitor makes of the layer
   */
  R visit(Sequential layer);
}
