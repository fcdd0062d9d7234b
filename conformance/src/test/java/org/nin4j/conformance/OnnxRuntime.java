package org.nin4j.conformance;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nin4j.engine.Trial;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/** ONNX Runtime, for the forward pass in inference. */
final class OnnxRuntime {
  private OnnxRuntime() {}

  /**
   * Whether a network has a layer that ONNX Runtime 1.23.2 computes otherwise than PyTorch: a mean
   * in which padding counts, over a window that reaches into the padding below, where the padding
   * has another height than width. {@link OnnxAveragePoolTest} proves it.
   */
  static boolean deviates(Network network) {
    Shape shape = network.input();
    for (PlacedLayer placed : network.layers().leaves()) {
      if (placed.layer() instanceof AvgPool2d pool && deviates(pool, shape)) {
        return true;
      }
      shape = placed.layer().outputShape(shape);
    }
    return false;
  }

  private static boolean deviates(AvgPool2d pool, Shape input) {
    int windows = pool.outputShape(input).height();
    return IntStream.range(0, windows)
        .anyMatch(window -> excess(pool, input.height(), window) != 1);
  }

  /**
   * By which factor ONNX Runtime's means of a row of windows are PyTorch's: it takes the width of
   * the padding for the height of the padding below, and so divides by another number of rows.
   *
   * @param height of the input
   * @param window row of windows, from 0
   */
  static double excess(AvgPool2d pool, int height, int window) {
    if (!pool.countIncludePad()) {
      return 1;
    }
    int start = window * pool.stride().height() - pool.padding().height();
    int end = start + pool.kernel().height();
    double rows = Math.min(end, height + pool.padding().height()) - start;
    double rowsOfOnnxRuntime = Math.min(end, height + pool.padding().width()) - start;
    return rows / rowsOfOnnxRuntime;
  }

  /** The logits of a trial's images; nothing where ONNX has no operator for a layer. */
  static Optional<double[]> infer(Trial trial) {
    return OnnxModel.of(trial.network, trial.weights).map(model -> infer(model, trial));
  }

  private static double[] infer(byte[] model, Trial trial) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      // it warns where its own estimate of a shape in ceil mode is one more than what it computes
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
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
