package org.nin4j.bench.rival;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;

/** ONNX Runtime for several callers: a session on one thread for each. */
final class OnnxCallers implements Rival {
  private final List<OnnxRival> sessions = new ArrayList<>();

  OnnxCallers(Exercise exercise) throws OrtException {
    for (int i = 0; i < ChildSettings.threads(); i++) {
      sessions.add(new OnnxRival(exercise, 1));
    }
  }

  @Override
  public float[] infer() throws OrtException {
    return sessions.get(0).infer();
  }

  @Override
  public void answer(int caller) throws OrtException {
    sessions.get(caller).infer();
  }

  @Override
  public double step() {
    throw new UnsupportedOperationException("ONNX Runtime does not train here");
  }

  @Override
  public void close() {
    sessions.forEach(OnnxRival::close);
  }
}
