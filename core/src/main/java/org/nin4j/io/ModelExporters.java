package org.nin4j.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The exporters that there are.
 *
 * @param all the first is that of safetensors
 */
record ModelExporters(List<ModelExporter> all) {

  static ModelExporters present() {
    List<ModelExporter> all = new ArrayList<>(List.of(new SafeTensorsFormat()));
    all.addAll(
        Providers.loadable(
            ServiceLoader.load(ModelExporter.class, ModelExporter.class.getClassLoader())
                .iterator()));
    return new ModelExporters(all);
  }

  /** Returns all extensions. */
  List<String> extensions() {
    return all.stream().flatMap(exporter -> exporter.extensions().stream()).toList();
  }

  /**
   * Returns the exporter of a file, by its extension.
   *
   * @throws IllegalArgumentException when there is none
   */
  ModelExporter of(Path target) {
    for (ModelExporter exporter : all) {
      if (ModelImporters.hasExtension(target.toString(), exporter.extensions())) {
        return exporter;
      }
    }
    throw new IllegalArgumentException(
        target
            + ": its extension is not that of a format that can be written; use "
            + Models.known(extensions()));
  }
}
