package org.nin4j.conformance;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.nin4j.engine.Trial;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Size2d;

/** ONNX Runtime, for the forward pass in inference. */
final class OnnxRuntime {
  private OnnxRuntime() {}

  /**
   * Whether a network has a layer that ONNX Runtime 1.23.2 computes otherwise than PyTorch: where
   * padding counts in a mean, it counts some of it not at all, and some that lies beyond. {@link
   * OnnxRuntimeTest} holds an example.
   */
  static boolean deviates(Network network) {
    return network.layers().leaves().stream()
        .anyMatch(
            placed ->
                placed.layer() instanceof AvgPool2d pool
                    && pool.countIncludePad()
                    && (pool.ceilMode() || !pool.padding().equals(Size2d.of(0))));
  }

  /** The logits of a trial's images; nothing where ONNX has no operator for a layer. */
  static Optional<double[]> infer(Trial trial) {
    return OnnxModel.of(trial.network, trial.weights).map(model -> infer(model, trial));
  }

  private static double[] infer(byte[] model, Trial trial) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor images =
              OnnxTensor.createTensor(
                  environment,
                  FloatBuffer.wrap(trial.images),
                  Torch.dims(trial.network.input().withBatch(trial.count)));
          OrtSession.Result result = session.run(Map.of(OnnxModel.IMAGES, images))) {
        FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
        double[] doubles = new double[values.remaining()];
        for (int i = 0; i < doubles.length; i++) {
          doubles[i] = values.get(i);
        }
        return doubles;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses " + trial.network.layers(), e);
    }
  }
}
