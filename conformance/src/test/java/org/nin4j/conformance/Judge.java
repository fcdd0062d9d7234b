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
 * Puts a trial to PyTorch in double precision, which counts as the truth, and to all who have to
 * agree with it: both engines, PyTorch itself in single precision, and ONNX Runtime in inference.
 */
final class Judge {
  static final String REFERENCE = "reference";
  static final String ONEDNN = "oneDNN";
  static final String PYTORCH = "PyTorch";
  static final String ONNX_RUNTIME = "ONNX Runtime";

  private final Engine reference = Engines.reference();
  private final Engine oneDnn;

  /** Over this engine in oneDNN's place. */
  Judge(Engine oneDnn) {
    this.oneDnn = oneDnn;
  }

  Judge() {
    this(Engines.oneDnn());
  }

  /** Whether there is anybody to judge in this precision. */
  boolean supports(Precision precision) {
    return oneDnn.supports(precision);
  }

  /** How far from the truth each of them is, where it is furthest. */
  List<Deviation> judge(Trial trial, Precision precision, Allowances allowances) {
    return Torch.scoped(
        () -> {
          TorchTrial truth = new TorchTrial(trial, ScalarType.Double, TorchTrial.Disturbance.NONE);
          Answer right = truth.answer();
          Map<String, double[]> allowed = allowances.of(trial, truth, precision);
          List<Deviation> deviations = new ArrayList<>();
          if (precision == Precision.FP32) {
            deviations.add(
                Deviation.of(
                    REFERENCE, Answer.of(trial, trial.run(reference, precision)), right, allowed));
            TorchTrial single =
                new TorchTrial(trial, ScalarType.Float, TorchTrial.Disturbance.NONE);
            deviations.add(Deviation.of(PYTORCH, single.answer(), right, allowed));
            if (!OnnxRuntime.deviates(trial.network)) {
              OnnxRuntime.infer(trial)
                  .ifPresent(logits -> deviations.add(inference(logits, right, allowed)));
            }
          }
          deviations.add(
              Deviation.of(ONEDNN, Answer.of(trial, trial.run(oneDnn, precision)), right, allowed));
          return deviations;
        });
  }

  private static Deviation inference(double[] logits, Answer right, Map<String, double[]> allowed) {
    return Deviation.of(
        ONNX_RUNTIME,
        Answer.INFERENCE,
        logits,
        right.arrays().get(Answer.INFERENCE),
        allowed.get(Answer.INFERENCE));
  }
}
