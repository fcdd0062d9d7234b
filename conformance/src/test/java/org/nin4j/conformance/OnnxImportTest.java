package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.onnx.OnnxFormat;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;

/** Imported graphs give the logits that ONNX Runtime gives for the same file. */
class OnnxImportTest {
  private static final int GRAPHS = 280;
  private static final int IMAGES = 3;

  /** A few hundred products of numbers about 1, in 32-bit floats. */
  private static final double TOLERANCE = 2e-5;

  @TempDir Path folder;

  @Test
  void randomGraphsGiveTheLogitsOfOnnxRuntime() throws IOException {
    int imported = 0;
    List<String> wrong = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (int seed = 0; seed < GRAPHS; seed++) {
      byte[] file = OnnxGraphs.draw(seed).toByteArray();
      Path path = folder.resolve("graph.onnx");
      Files.write(path, file);
      ImportedModel model;
      try {
        model = new OnnxFormat().read(path, ImportOptions.none());
      } catch (InvalidFileException e) {
        refused.add(seed + ": " + e.getMessage().substring(path.toString().length() + 2));
        continue;
      }
      imported++;
      float[] images = images(seed, IMAGES * Math.toIntExact(model.network().input().elements()));
      double[] right =
          OnnxRuntime.infer(file, images, model.network().input(), IMAGES, OptLevel.NO_OPT);
      float[] ours = infer(model, images);
      double worst = 0;
      double largest = 1;
      for (int i = 0; i < right.length; i++) {
        worst = Math.max(worst, Math.abs(right[i] - ours[i]));
        largest = Math.max(largest, Math.abs(right[i]));
      }
      if (right.length != ours.length || !(worst <= TOLERANCE * largest)) {
        wrong.add(seed + ": " + worst + " of " + largest + " in " + describe(file));
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(imported >= 150, () -> "many were refused: " + String.join("\n", refused));
    for (String sentence : refused) {
      assertTrue(
          sentence.contains("no pool of this library has")
              || sentence.contains("does not fit into")
              || sentence.contains("lie in the padding alone"),
          sentence);
    }
  }

  private static String describe(byte[] file) throws IOException {
    return ModelProto.parseFrom(file).getGraph().getNodeList().toString().replace("\n", " ");
  }

  private static float[] infer(ImportedModel model, float[] images) {
    Engine engine = Engines.reference();
    float[] logits = new float[IMAGES * model.network().classes()];
    try (PreparedWeights weights = engine.prepare(model.network());
        InferencePlan plan =
            engine.compileInference(
                PlanSpec.of(model.network(), IMAGES, Precision.FP32), weights)) {
      weights.load(model.weights());
      plan.run(images, IMAGES, logits);
    }
    return logits;
  }

  private static float[] images(long seed, int length) {
    SplittableRandom random = new SplittableRandom(~seed);
    float[] images = new float[length];
    for (int i = 0; i < length; i++) {
      images[i] = (float) (2 * random.nextDouble() - 1);
    }
    return images;
  }
}
