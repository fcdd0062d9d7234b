package org.nin4j.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.data.Preprocessing;
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
  private static final ObjectMapper JSON = StrictJson.mapper(1_000_000);

  static boolean isReserved(String key) {
    return RESERVED.contains(key);
  }

  static Map<String, String> write(Model model) {
    ArrayNode classes = JsonNodeFactory.instance.arrayNode();
    model.classes().forEach(classes::add);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, OUR_FORMAT);
    metadata.put(FORMAT_VERSION, OUR_VERSION);
    metadata.put(ARCHITECTURE, NetworkJson.write(model.network()));
    metadata.put(CLASSES, classes.toString());
    metadata.put(PREPROCESSING, PreprocessingJson.write(model.preprocessing()).toString());
    metadata.putAll(model.provenance());
    return metadata;
  }

  /**
   * @param file for messages
   * @throws IOException when something is missing or wrong: one sentence that starts with the path
   */
  static ModelMetadata read(Path file, Map<String, String> metadata) throws IOException {
    if (!OUR_FORMAT.equals(metadata.get(FORMAT))) {
      throw new IOException(
          file
              + ": is a safetensors file but not a NiN4J model (its metadata do not say format"
              + " nin4j); only models saved by NiN4J can be used here");
    }
    String version = required(file, metadata, FORMAT_VERSION);
    if (!OUR_VERSION.equals(version)) {
      throw new IOException(
          file
              + ": has format version "
              + Quoted.text(version)
              + ", and this NiN4J reads version 1; use the NiN4J that wrote it");
    }
    Network network;
    Preprocessing preprocessing;
    String architecture = required(file, metadata, ARCHITECTURE);
    try {
      network = NetworkJson.read(architecture, file + ": " + ARCHITECTURE);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    List<String> classes = classes(file, required(file, metadata, CLASSES));
    JsonNode json = json(file, PREPROCESSING, required(file, metadata, PREPROCESSING));
    try {
      preprocessing = PreprocessingJson.read(json);
    } catch (IllegalArgumentException e) {
      throw defect(file, PREPROCESSING, e.getMessage());
    }
    Map<String, String> provenance = new TreeMap<>(metadata);
    RESERVED.forEach(provenance::remove);
    return new ModelMetadata(network, classes, preprocessing, provenance);
  }

  private static List<String> classes(Path file, String text) throws IOException {
    JsonNode json = json(file, CLASSES, text);
    List<String> classes = new ArrayList<>();
    boolean names = json.isArray();
    for (JsonNode name : json) {
      names &= name.isTextual();
      classes.add(name.textValue());
    }
    if (!names) {
      throw defect(file, CLASSES, "it must be an array of names");
    }
    return classes;
  }

  private static JsonNode json(Path file, String key, String text) throws IOException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("").strip();
      throw defect(file, key, "it is not strict JSON (" + reason + ")");
    }
  }

  private static String required(Path file, Map<String, String> metadata, String key)
      throws IOException {
    String value = metadata.get(key);
    if (value == null) {
      throw defect(file, key, "there is none");
    }
    return value;
  }

  private static IOException defect(Path file, String key, String what) {
    return new IOException(
        file + ": the metadata '" + key + "' are unusable: " + what + "; save the model again");
  }
}
