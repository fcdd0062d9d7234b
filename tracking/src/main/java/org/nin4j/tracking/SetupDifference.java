package org.nin4j.tracking;

import java.util.Optional;
import org.nin4j.internal.json.JsonDifference;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.NetworkJson;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.Start;
import org.nin4j.train.TrainingSetup;

/** Compares the setup of a run with that of a training that is to resume it. */
final class SetupDifference {
  private SetupDifference() {}

  /**
   * Describes the first difference, where it decides the result: the name of the data set does not,
   * its images do.
   *
   * @param found the setup of the run
   * @param wanted the other setup
   * @return such as {@code optimizer.weight_decay 0.001 instead of 0.01}; empty when there is no
   *     difference
   */
  static Optional<String> first(TrainingSetup found, TrainingSetup wanted) {
    return json("network.", NetworkJson.write(found.network()), NetworkJson.write(wanted.network()))
        .or(() -> json("", RecipeJson.write(found.recipe()), RecipeJson.write(wanted.recipe())))
        .or(() -> value("seed", found.seed(), wanted.seed()))
        .or(() -> value("precision", found.precision(), wanted.precision()))
        .or(() -> start(found.start(), wanted.start()))
        .or(() -> value("frozen layers", found.frozen(), wanted.frozen()))
        .or(() -> value("images with fingerprint", found.fingerprint(), wanted.fingerprint()));
  }

  private static Optional<String> json(String prefix, String found, String wanted) {
    return JsonDifference.first(found, wanted).map(text -> prefix + text);
  }

  private static Optional<String> value(String name, Object found, Object wanted) {
    return found.equals(wanted)
        ? Optional.empty()
        : Optional.of(name + " " + found + " instead of " + wanted);
  }

  /** Compares what decides the result: a copy of the model's file is as good as the file. */
  private static Optional<String> start(Optional<Start> found, Optional<Start> wanted) {
    if (found.isPresent() != wanted.isPresent()) {
      return Optional.of(
          found.isPresent()
              ? "a model to start from instead of none"
              : "no model to start from instead of one");
    }
    return found.isEmpty()
        ? Optional.empty()
        : json("start.", withoutName(found.get()), withoutName(wanted.get()));
  }

  private static String withoutName(Start start) {
    return JsonWriter.line(
        json ->
            SetupJson.write(
                json,
                new Start(
                    Optional.empty(), start.sha256(), start.preprocessing(), start.renewed())));
  }
}
