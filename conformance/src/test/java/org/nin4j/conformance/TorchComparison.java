package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;

/**
 * Runs a trial in PyTorch in double precision, whose outputs count as exact, and compares with them
 * both engines, PyTorch itself in single precision, and ONNX Runtime in inference.
 */
final class TorchComparison {
  static final String REFERENCE = "reference";
  static final String ONEDNN = "oneDNN";
  static final String PYTORCH = "PyTorch";
  static final String ONNX_RUNTIME = "ONNX Runtime";

  private final Engine reference = Engines.reference();
  private final Engine oneDnn;

  /** Compares this engine instead of oneDNN's. */
  TorchComparison(Engine oneDnn) {
    this.oneDnn = oneDnn;
  }

  TorchComparison() {
    this(Engines.oneDnn());
  }

  /** Whether oneDNN's engine supports this precision; the others run in fp32 only. */
  boolean supports(Precision precision) {
    return oneDnn.supports(precision);
  }

  /** Returns the worst deviation of each implementation. */
  List<Deviation> compare(Trial trial, Precision precision, Tolerances tolerances) {
    return Torch.scoped(
        () -> {
          TorchTrial torch = new TorchTrial(trial, ScalarType.Double, TorchTrial.Perturbation.NONE);
          Outputs exact = torch.outputs();
          Map<String, double[]> limits = tolerances.of(trial, torch, precision);
          List<Deviation> deviations = new ArrayList<>();
          if (precision == Precision.FP32) {
            deviations.add(
                Deviation.of(
                    REFERENCE, Outputs.of(trial, trial.run(reference, precision)), exact, limits));
            TorchTrial single =
                new TorchTrial(trial, ScalarType.Float, TorchTrial.Perturbation.NONE);
            deviations.add(Deviation.of(PYTORCH, single.outputs(), exact, limits));
            OnnxRuntime.infer(trial)
                .ifPresent(logits -> deviations.add(inference(logits, exact, limits)));
          }
          deviations.add(
              Deviation.of(ONEDNN, Outputs.of(trial, trial.run(oneDnn, precision)), exact, limits));
          return deviations;
        });
  }

  private static Deviation inference(
      double[] logits, Outputs exact, Map<String, double[]> tolerances) {
    return Deviation.of(
        ONNX_RUNTIME,
        Outputs.INFERENCE,
        logits,
        exact.arrays().get(Outputs.INFERENCE),
        tolerances.get(Outputs.INFERENCE));
  }
}
