package org.nin4j.explain;

import org.nin4j.data.DecodedImage;

/**
 * {@link ExplanationMethod#CLASS_MAPS}.
 *
 * @param pass has been run for the image that is explained; its owner closes it
 */
record OwnClassMap(ClassMapPass pass) implements HeatMapper {
  @Override
  public HeatMap map(DecodedImage image, int label) {
    return pass.maps().orElseThrow().beforeRelu(label);
  }

  @Override
  public String description() {
    return "the network's own map of the class";
  }

  @Override
  public void close() {}
}
