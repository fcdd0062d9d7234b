package org.nin4j.bench.rival;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.nin4j.interchange.onnx.OnnxExporter;
import org.nin4j.nn.Shape;

/** ONNX Runtime with all its optimizations and as many threads as the others. */
final class OnnxRival implements Rival {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final OnnxTensor images;
  private final FloatBuffer imageValues;
  private final float[] source;
  private final float[] logits;

  OnnxRival(Exercise exercise, int threads) throws OrtException {
    this(
        OnnxExporter.of(exercise.model()).toByteArray(),
        exercise.shape(),
        exercise.network().classes(),
        exercise.images(),
        threads);
  }

  /**
   * Of a file's content.
   *
   * @param shape (N, C, H, W)
   * @param source the images
   * @param threads of one run
   */
  OnnxRival(byte[] model, Shape shape, int classes, float[] source, int threads)
      throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session = environment.createSession(model, options);
    this.source = source;
    logits = new float[shape.batch() * classes];
    int values = Math.toIntExact(shape.elements());
    imageValues =
        ByteBuffer.allocateDirect(Float.BYTES * values)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    images =
        OnnxTensor.createTensor(
            environment,
            imageValues,
            shape.dims().stream().mapToLong(Integer::longValue).toArray());
  }

  @Override
  public float[] infer() throws OrtException {
    imageValues.put(0, source, 0, imageValues.capacity());
    try (OrtSession.Result result = session.run(Map.of(OnnxExporter.IMAGES, images))) {
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(logits);
    }
    return logits;
  }

  @Override
  public double step() {
    throw new UnsupportedOperationException("ONNX Runtime does not train here");
  }

  @Override
  public void close() {
    images.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
