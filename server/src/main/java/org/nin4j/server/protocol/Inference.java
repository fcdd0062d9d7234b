package org.nin4j.server.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.nin4j.internal.Softmax;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.ModelWork;
import org.nin4j.server.http.Reply;
import org.nin4j.server.model.LoadedModel;

/** Computes the outputs of a request, one image after the other. */
final class Inference implements ModelWork {
  private final String name;
  private final InferRequest request;

  /**
   * @param name the model's
   */
  Inference(String name, InferRequest request) {
    this.name = name;
    this.request = request;
  }

  @Override
  public Reply compute(LoadedModel model) throws HttpError {
    List<String> labels = model.source().model().classes();
    int count = request.input().count();
    float[] logits = new float[count * labels.size()];
    for (int i = 0; i < count; i++) {
      request.input().logits(model.classifier(), i, logits);
    }
    requireFinite(logits, labels.size());
    List<float[]> outputs = new ArrayList<>();
    for (RequestedOutput output : request.outputs()) {
      outputs.add(
          output.tensor() == OutputTensor.LOGITS ? logits : probabilities(logits, labels.size()));
    }
    return new InferResponse(name, request, labels).of(outputs);
  }

  private void requireFinite(float[] logits, int classes) throws HttpError {
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        OptionalInt input = request.input().firstNotFinite();
        throw input.isPresent()
            ? HttpError.badRequest(
                "the request: inputs[0] must be finite numbers, but the one with index "
                    + input.getAsInt()
                    + " is NaN or infinite")
            : HttpError.of(
                422,
                "the model computes no numbers for image "
                    + i / classes
                    + "; its weights are not usable, or the image is far from those of its"
                    + " training");
      }
    }
  }

  private static float[] probabilities(float[] logits, int classes) {
    float[] all = new float[logits.length];
    float[] row = new float[classes];
    float[] probabilities = new float[classes];
    for (int first = 0; first < logits.length; first += classes) {
      System.arraycopy(logits, first, row, 0, classes);
      Softmax.probabilities(row, probabilities, classes);
      System.arraycopy(probabilities, 0, all, first, classes);
    }
    return all;
  }
}
