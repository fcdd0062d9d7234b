package org.nin4j.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.internal.LibraryVersion;

/** The provenance of a model: what it records about its training. */
final class Provenance {
  private Provenance() {}

  /**
   * Returns the provenance of a model.
   *
   * @param setup what identifies the training
   * @param history the metrics of each completed epoch
   */
  static Map<String, String> of(TrainingSetup setup, List<EpochMetrics> history) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("data", withoutFolders(setup.data().name()));
    provenance.put("epochs", Integer.toString(history.size()));
    provenance.put("precision", setup.precision().toString());
    provenance.put("recipe", RecipeJson.write(setup.recipe()));
    provenance.put("seed", Long.toString(setup.seed()));
    provenance.put("nin4j_version", LibraryVersion.of(Provenance.class).orElse("development"));
    setup
        .start()
        .flatMap(Start::model)
        .ifPresent(model -> provenance.put("from", withoutFolders(model)));
    if (!setup.frozen().isEmpty()) {
      provenance.put("frozen", String.join(",", setup.frozen()));
    }
    if (!history.isEmpty()) {
      EpochMetrics last = history.get(history.size() - 1);
      last.validation().ifPresent(score -> put(provenance, "validation", score));
      last.test().ifPresent(score -> put(provenance, "test", score));
    }
    return provenance;
  }

  private static void put(Map<String, String> provenance, String images, Score score) {
    provenance.put(images + "_accuracy", Double.toString(score.accuracy()));
    provenance.put(images + "_loss", Double.toString(score.loss()));
  }

  /**
   * Returns the last name of a path: the same images in another folder give the same model file.
   */
  private static String withoutFolders(String name) {
    String trimmed = name.replaceAll("[/\\\\]+$", "");
    return trimmed.substring(trimmed.replace('\\', '/').lastIndexOf('/') + 1);
  }
}
