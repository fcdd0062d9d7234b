package org.nin4j.conformance;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nin4j.engine.Trial;
import org.nin4j.interchange.onnx.OnnxExporter;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Shape;

/** ONNX Runtime, for the forward pass in inference, from the files that this library exports. */
final class OnnxRuntime {
  private OnnxRuntime() {}

  /**
   * The logits of a trial's images; nothing where ONNX has no operator for an AdaptiveAvgPool2d.
   */
  static Optional<double[]> infer(Trial trial) {
    OnnxExporter exporter;
    try {
      exporter = OnnxExporter.of(trial.network, trial.weights);
    } catch (IllegalArgumentException e) {
      boolean adapts =
          trial.network.layers().leaves().stream()
              .anyMatch(placed -> placed.layer() instanceof AdaptiveAvgPool2d);
      if (adapts) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(
        infer(exporter.toByteArray(), trial.images, trial.network.input(), trial.count));
  }

  /**
   * The logits of images, with all optimizations.
   *
   * @param model a file's content
   * @param input the shape of an image
   */
  static double[] infer(byte[] model, float[] images, Shape input, int count) {
    return infer(model, images, input, count, OptLevel.ALL_OPT);
  }

  /** The logits of images. */
  static double[] infer(byte[] model, float[] images, Shape input, int count, OptLevel level) {
    return run(
        model,
        images,
        input.withBatch(count),
        level,
        result -> {
          FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
          double[] doubles = new double[values.remaining()];
          for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values.get(i);
          }
          return doubles;
        });
  }

  /** The integers that a quantized model computes with, by the names of the tensors. */
  static Map<String, byte[]> integers(byte[] model, float[] images, Shape input, int count) {
    return run(
        withIntegersAsOutputs(model),
        images,
        input.withBatch(count),
        OptLevel.NO_OPT,
        result -> {
          Map<String, byte[]> all = new HashMap<>();
          result.forEach(
              entry -> {
                ByteBuffer values = ((OnnxTensor) entry.getValue()).getByteBuffer();
                byte[] bytes = new byte[values.remaining()];
                values.get(bytes);
                all.put(entry.getKey(), bytes);
              });
          return all;
        });
  }

  private static byte[] withIntegersAsOutputs(byte[] file) {
    ModelProto.Builder model;
    try {
      model = ModelProto.parseFrom(file).toBuilder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    GraphProto.Builder graph = model.getGraphBuilder();
    TypeProto.Tensor.Builder integers =
        TypeProto.Tensor.newBuilder().setElemType(DataType.UINT8.getNumber());
    graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals("QuantizeLinear"))
        .map(node -> node.getOutput(0))
        .forEach(
            name ->
                graph.addOutputBuilder().setName(name).getTypeBuilder().setTensorType(integers));
    return model.build().toByteArray();
  }

  /** What is read of a run's result. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(OrtSession.Result result);
  }

  private static <T> T run(
      byte[] model, float[] images, Shape shape, OptLevel level, Reader<T> reader) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(level);
      // it warns of initializers that are inputs, too, as files of IR version 3 have to have them
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor tensor =
              OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), Torch.dims(shape));
          OrtSession.Result result = session.run(Map.of(OnnxExporter.IMAGES, tensor))) {
        return reader.read(result);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
  }
}
