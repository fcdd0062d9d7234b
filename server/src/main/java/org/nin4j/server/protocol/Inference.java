package org.nin4j.server.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.nin4j.Classifier;
import org.nin4j.internal.Softmax;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.ModelWork;
import org.nin4j.server.http.Reply;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ServedModel;

/** Computes the outputs of a request. */
final class Inference implements ModelWork {
  private final ServedModel served;
  private final InferRequest request;

  Inference(ServedModel served, InferRequest request) {
    this.served = served;
    this.request = request;
  }

  @Override
  public Reply compute(LoadedModel model) throws HttpError {
    List<String> labels = model.source().model().classes();
    float[] logits = logits(model.classifier(), labels.size());
    requireFinite(logits, labels.size());
    List<float[]> outputs = new ArrayList<>();
    for (RequestedOutput output : request.outputs()) {
      outputs.add(
          output.tensor() == OutputTensor.LOGITS ? logits : probabilities(logits, labels.size()));
    }
    return new InferResponse(served.name(), request, labels).of(outputs);
  }

  private float[] logits(Classifier classifier, int classes) {
    InferenceInput input = request.input();
    float[] logits = new float[input.count() * classes];
    if (input.count() == 1) {
      input.logits(classifier, 0, logits);
    } else {
      new SharedImages(served, input.count(), image -> input.logits(classifier, image, logits))
          .compute(classifier.replicas());
    }
    return logits;
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
