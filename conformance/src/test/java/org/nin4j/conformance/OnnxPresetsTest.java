package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.Engines;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.io.Models;
import org.nin4j.nn.Networks;

/** ONNX Runtime computes from an exported file the logits that this library computes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnnxPresetsTest {
  /**
   * Relative to the largest logit: some hundred roundings of floats. Errors of layers average out
   * in the logits, so that this is less than what {@link NetworkConformanceTest} allows.
   */
  private static final double ROUNDINGS = 1e-5;

  private final StringBuilder rows = new StringBuilder();

  @TempDir private Path folder;

  @AfterAll
  void report() {
    Report.section(
        41,
        "Exported presets",
        """
        Every preset, exported with weights that are trained or random, and run by ONNX Runtime on %d
        images at once and on one: the largest difference from this library's logits, which may be
        %.0e of the largest logit.

        | network | difference | largest logit |
        |---|---|---|
        %s
        """
            .formatted(OnnxPresets.IMAGES, ROUNDINGS, rows));
  }

  @ParameterizedTest
  @EnumSource(Networks.class)
  void anExportedPresetHasTheSameLogits(Networks preset) throws IOException {
    Trial trial = OnnxPresets.trial(preset);
    Path file = folder.resolve(preset.presetName() + ".onnx");
    Models.write(file, OnnxPresets.model(trial));
    byte[] model = Files.readAllBytes(file);
    float[] ours = logits(trial);
    double[] theirs = OnnxRuntime.infer(model, trial.images, trial.network.input(), trial.count);
    assertEquals(ours.length, theirs.length);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(ours[i]));
      difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
    }
    int perImage = trial.images.length / trial.count;
    float[] last = Arrays.copyOfRange(trial.images, 2 * perImage, 3 * perImage);
    double[] alone = OnnxRuntime.infer(model, last, trial.network.input(), 1);
    for (int i = 0; i < alone.length; i++) {
      difference = Math.max(difference, Math.abs(ours[2 * alone.length + i] - alone[i]));
    }
    rows.append(
        String.format(
            Locale.ROOT, "| %s | %.1e | %.2f |%n", preset.presetName(), difference, largest));
    assertTrue(difference <= ROUNDINGS * largest, difference + " of " + largest);
  }

  private static float[] logits(Trial trial) {
    float[] logits = new float[trial.count * trial.network.classes()];
    try (OwnWeights plan =
        OwnWeights.compile(Engines.reference(), trial.network, trial.count, Precision.FP32)) {
      plan.load(trial.weights);
      plan.run(trial.images, trial.count, logits);
    }
    return logits;
  }
}
