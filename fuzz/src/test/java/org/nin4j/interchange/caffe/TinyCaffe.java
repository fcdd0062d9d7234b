package org.nin4j.interchange.caffe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.io.ImportOptions;

/** Definitions and weights of a network for images of 1x4x4, as valid input to begin with. */
final class TinyCaffe {
  static final ImportOptions OPTIONS =
      ImportOptions.none().classes(TinyModels.CLASSES).normalization(TinyModels.NORMALIZE);

  private static final List<CaffeBytes.Array> ARRAYS =
      List.of(
          new CaffeBytes.Array("conv", new int[] {2, 1, 1, 1}, new float[] {0.5f, -0.25f}),
          new CaffeBytes.Array("conv", new int[] {2}, new float[] {1, 2}));

  private TinyCaffe() {}

  static String definition(boolean old) {
    return new CaffeText("tiny", old)
        .input(1, 4, 4)
        .conv("conv", 2, 1, 1, 0)
        .relu("relu")
        .dropout("drop")
        .pool("pool", "AVE", 4, 1)
        .toString();
  }

  static String training() {
    return new CaffeText("tiny", false)
        .data("crop_size: 4 mean_value: 0 scale: 0.0078125")
        .conv("conv", 2, 1, 1, 0)
        .pool("pool", "MAX", 4, 1)
        .loss()
        .toString();
  }

  static void writeDefinition(Path target) throws IOException {
    Files.writeString(target, definition(false), StandardCharsets.UTF_8);
  }

  static void writeWeights(Path target) throws IOException {
    Path definition = Files.createTempFile("seed", ".prototxt");
    writeDefinition(definition);
    CaffeBytes.write(target, definition, CaffeBytes.Form.SHAPED, ARRAYS);
    Files.delete(definition);
  }

  static Stream<byte[]> weights() throws IOException {
    Path definition = Files.createTempFile("seed", ".prototxt");
    Path weights = Files.createTempFile("seed", ".caffemodel");
    List<byte[]> all = new ArrayList<>();
    for (CaffeBytes.Form form : CaffeBytes.Form.values()) {
      Files.writeString(definition, definition(form == CaffeBytes.Form.OLD));
      CaffeBytes.write(weights, definition, form, ARRAYS);
      all.add(Files.readAllBytes(weights));
    }
    Files.writeString(definition, training());
    CaffeBytes.write(weights, definition, CaffeBytes.Form.SHAPED, ARRAYS);
    all.add(Files.readAllBytes(weights));
    Files.delete(definition);
    Files.delete(weights);
    return all.stream();
  }
}
