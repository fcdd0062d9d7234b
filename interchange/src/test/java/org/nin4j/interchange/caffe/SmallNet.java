package org.nin4j.interchange.caffe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.nin4j.data.Normalize;
import org.nin4j.interchange.caffe.CaffeBytes.Array;
import org.nin4j.interchange.caffe.CaffeBytes.Form;
import org.nin4j.io.ImportOptions;

/** A network of two convolutions for images of 3x6x6, in a folder. */
record SmallNet(Path folder) {
  static final ImportOptions CLASSES = ImportOptions.none().classes(List.of("a", "b"));

  static final ImportOptions ALL =
      CLASSES.normalization(
          new Normalize(List.of(0.5f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f)));

  static final String DEPLOY = layers(new CaffeText("small", false).input(3, 6, 6)).toString();

  static CaffeText layers(CaffeText text) {
    return text.conv("conv", 2, 3, 1, 0)
        .relu("relu")
        .cccp("cccp", 2)
        .pool("pool", "AVE", 4, 1)
        .layer("prob", "Softmax", "prob", "");
  }

  static List<Array> weights() {
    Random random = new Random(3);
    return List.of(
        Array.random(random, "conv", 2, 3, 3, 3),
        Array.random(random, "conv", 2),
        Array.random(random, "cccp", 2, 2, 1, 1),
        Array.random(random, "cccp", 2));
  }

  Path definition() {
    return folder.resolve("small.prototxt");
  }

  Path weightsFile() {
    return folder.resolve("small.caffemodel");
  }

  /** Writes both files; returns the weights. */
  Path write(String definition, List<Array> weights) throws IOException {
    Files.writeString(definition(), definition);
    CaffeBytes.write(weightsFile(), definition(), Form.SHAPED, weights);
    return weightsFile();
  }

  Path write(String definition) throws IOException {
    return write(definition, weights());
  }
}
