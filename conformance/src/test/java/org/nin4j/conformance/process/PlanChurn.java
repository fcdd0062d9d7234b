package org.nin4j.conformance.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.engine.Weights;
import org.nin4j.engine.WholeBatch;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * A program that compiles, runs and closes plans, and prints its resident memory in KiB after each
 * interval. It runs in a process of its own whose heap is committed from the start, so that growth
 * is native memory.
 */
final class PlanChurn {
  private static final Engine ENGINE = Engines.oneDnn();

  private PlanChurn() {}

  /** Arguments: kind (run or refused), plans, plans between two printed lines. */
  public static void main(String[] args) throws IOException {
    int plans = Integer.parseInt(args[1]);
    int between = Integer.parseInt(args[2]);
    for (int i = 1; i <= plans; i++) {
      switch (args[0]) {
        case "run" -> compileRunAndClose(i);
        case "refused" -> refuse(i);
        default -> throw new IllegalArgumentException(args[0]);
      }
      if (i % between == 0) {
        System.out.println(residentKiB());
      }
    }
  }

  private static void compileRunAndClose(int number) {
    Precision precision = ChangingNetworks.precision(number, ENGINE.supports(Precision.BF16));
    int batch = 2 + number % 5;
    Trial trial = new Trial(ChangingNetworks.of(number), batch, batch, number);
    float[] logits = new float[trial.logitsGradient.length];
    if (number % 2 == 0) {
      try (OwnWeights plan = OwnWeights.compile(ENGINE, trial.network, batch, precision)) {
        plan.load(trial.weights);
        plan.run(trial.images, batch, logits);
        plan.run(trial.images, 1, logits);
      }
    } else {
      try (WholeBatch plan =
          WholeBatch.compile(
              ENGINE, trial.network, batch, precision, Gradients.OF_PARAMETERS_AND_INPUT)) {
        plan.forward(trial.weights, trial.images, batch, trial.masks, logits);
        plan.backward(trial.logitsGradient, Weights.zeros(trial.network));
        plan.inputGradient(new float[trial.images.length]);
      }
    }
  }

  /** 26 TB of activations, alternately for inference and training. */
  private static void refuse(int number) {
    Network network =
        new Network(
            "huge",
            Shape.of(1, 1, 40_000, 40_000),
            new Sequential(new Conv2d(1, 4096, 3), new AdaptiveAvgPool2d(1), new Flatten()));
    try {
      if (number % 2 == 0) {
        OwnWeights.compile(ENGINE, network, 1, Precision.FP32).close();
      } else {
        WholeBatch.compile(ENGINE, network, 1, Precision.FP32, Gradients.OF_PARAMETERS).close();
      }
      throw new AssertionError("a plan of 26 TB was compiled");
    } catch (EngineException e) {
      if (!e.getMessage().contains("more than is free; use a smaller batch or image size")) {
        throw e;
      }
    }
  }

  private static long residentKiB() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }
}
