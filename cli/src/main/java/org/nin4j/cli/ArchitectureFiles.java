package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.io.ImportOptions;
import picocli.CommandLine.Option;

/** The options for files that relate the tensors of a model file to layers. */
final class ArchitectureFiles {
  private static final String MAP = "--map";

  @Option(
      names = MAP,
      paramLabel = "FILE",
      description =
          "A YAML or JSON file that says which tensor is which parameter, with lines such as '0.0.weight:"
              + " features.conv1.weight', where neither names nor order do.")
  Path map;

  @Option(
      names = "--prototxt",
      paramLabel = "FILE",
      description = "The architecture of a .caffemodel file.")
  Path prototxt;

  /**
   * Returns import options with what these options say.
   *
   * @throws UsageException when a file is not what it should be
   * @throws IOException when a file cannot be read
   */
  ImportOptions addTo(ImportOptions options) throws IOException {
    ImportOptions changed = map == null ? options : options.tensorNames(tensorNames());
    return prototxt == null ? changed : changed.definition(prototxt);
  }

  private Map<String, String> tensorNames() throws IOException {
    if (!YamlFile.isNamed(map.toString())) {
      throw new UsageException(
          MAP + ": '" + map + "' must end in .yaml, .yml or .json; give it one of these names");
    }
    Map<String, String> names;
    try {
      names = Json.object(YamlFile.read(map), map.toString(), "a mapping", JsonObject::textMap);
    } catch (IllegalArgumentException e) {
      throw new UsageException(MAP + ": " + e.getMessage(), e);
    }
    if (names.isEmpty()) {
      throw new UsageException(MAP + ": " + map + " has no entry; leave out the option");
    }
    return names;
  }
}
