package org.nin4j.train;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;

/** The weights that a training takes over from the model that it starts from. */
final class StartingWeights {
  private StartingWeights() {}

  /**
   * Overwrites weights with those that are taken over.
   *
   * @param weights the weights of the setup's network, as the recipe initialized them
   * @param setup the setup of a training that starts from a model
   * @param source the model; if it is empty, the model is read again
   * @param classes the names of the network's classes
   * @throws IOException when the model cannot be read again, or is another one by now
   */
  static void copyTo(
      Weights weights, TrainingSetup setup, Optional<SourceModel> source, List<String> classes)
      throws IOException {
    Model model = (source.isPresent() ? source.get() : again(setup.start().orElseThrow())).model();
    WeightTransfer.of(model, setup.network(), classes).copyTo(weights);
  }

  private static SourceModel again(Start start) throws IOException {
    if (start.model().isEmpty()) {
      throw new IOException(
          "the training has no checkpoint yet, and the model that it started from was not read from"
              + " a file; start it again");
    }
    String name = start.model().get();
    SourceModel found = SourceModel.read(name);
    if (!found.sha256().equals(start.sha256())) {
      throw new IOException(
          name
              + ": is no longer the model that the training started from (its SHA-256 is "
              + found.sha256()
              + " instead of "
              + start.sha256()
              + "), and there is no checkpoint yet; restore the file, or start a new training");
    }
    return found;
  }
}
