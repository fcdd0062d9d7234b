package org.nin4j.explain;

import org.nin4j.data.DecodedImage;

/** A method that explains, compiled for a model. */
interface HeatMapper extends AutoCloseable {
  /**
   * Explains a class.
   *
   * @param label index of the class, from 0
   */
  HeatMap map(DecodedImage image, int label);

  /** What is special about the map, as a part of a sentence: "of layer 3 (7x7)". */
  String description();

  @Override
  void close();
}
