package org.nin4j.conformance;

import java.util.List;
import java.util.Random;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

/** Images of random pixels. */
record NoiseImages(int channels) implements ImageDataset {
  private static final int SIDE = 32;

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public int size() {
    return 8;
  }

  @Override
  public List<String> classes() {
    return List.of("noise", "none");
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public DecodedImage image(int index) {
    byte[] pixels = new byte[channels * SIDE * SIDE];
    new Random(index).nextBytes(pixels);
    return new DecodedImage(channels, SIDE, SIDE, pixels);
  }
}
