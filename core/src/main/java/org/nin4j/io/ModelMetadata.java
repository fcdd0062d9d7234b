package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.data.Preprocessing;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;

/**
 * The metadata of a model file.
 *
 * @param provenance every entry that has no other meaning
 */
record ModelMetadata(
    Network network,
    List<String> classes,
    Preprocessing preprocessing,
    Map<String, String> provenance) {
  private static final String FORMAT = "format";
  private static final String FORMAT_VERSION = "format_version";
  private static final String ARCHITECTURE = "architecture";
  private static final String CLASSES = "classes";
  private static final String PREPROCESSING = "preprocessing";
  private static final List<String> RESERVED =
      List.of(FORMAT, FORMAT_VERSION, ARCHITECTURE, CLASSES, PREPROCESSING, Digest.KEY);

  private static final String OUR_FORMAT = "nin4j";
  private static final String OUR_VERSION = "1";

  static boolean isReserved(String key) {
    return RESERVED.contains(key);
  }

  /** Whether these metadata are those of a model that this library has written. */
  static boolean areIn(Map<String, String> metadata) {
    return OUR_FORMAT.equals(metadata.get(FORMAT));
  }

  static Map<String, String> write(Model model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, OUR_FORMAT);
    metadata.put(FORMAT_VERSION, OUR_VERSION);
    metadata.put(ARCHITECTURE, NetworkJson.write(model.network()));
    metadata.put(CLASSES, JsonWriter.line(model.classes()));
    metadata.put(PREPROCESSING, PreprocessingJson.write(model.preprocessing()));
    metadata.putAll(model.provenance());
    return metadata;
  }

  /**
   * @param file for messages
   * @throws IOException when something is missing or wrong: one sentence that starts with the path
   */
  static ModelMetadata read(Path file, Map<String, String> metadata) throws IOException {
    String version = required(file, metadata, FORMAT_VERSION);
    if (!OUR_VERSION.equals(version)) {
      throw new InvalidFileException(
          file,
          "has format version "
              + Quoted.text(version)
              + ", and this NiN4J reads version 1; use the NiN4J that wrote it",
          null);
    }
    String architecture = required(file, metadata, ARCHITECTURE);
    String classes = required(file, metadata, CLASSES);
    String preprocessing = required(file, metadata, PREPROCESSING);
    Map<String, String> provenance = new TreeMap<>(metadata);
    RESERVED.forEach(provenance::remove);
    try {
      return new ModelMetadata(
          NetworkJson.read(architecture, source(file, ARCHITECTURE)),
          Json.texts(classes, source(file, CLASSES), CLASSES),
          PreprocessingJson.read(preprocessing, source(file, PREPROCESSING)),
          provenance);
    } catch (IllegalArgumentException e) {
      throw InvalidFileException.saying(file, e.getMessage() + "; save the model again", e);
    }
  }

  private static String source(Path file, String key) {
    return file + ": metadata '" + key + "'";
  }

  private static String required(Path file, Map<String, String> metadata, String key)
      throws IOException {
    String value = metadata.get(key);
    if (value == null) {
      throw InvalidFileException.saying(
          file, source(file, key) + " are missing; save the model again", null);
    }
    return value;
  }
}
