package org.nin4j.tracking.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nin4j.internal.json.JsonFields;

/** The settings in which runs differ. */
class SettingsTest {
  private static Map<String, String> fields(String network, String rest) {
    return JsonFields.of(
        "{\"status\":\"finished\",\"setup\":{\"network\":{\"name\":\""
            + network
            + "\",\"layers\":["
            + rest
            + "},\"environment\":{\"java\":\"17\",\"started\":\""
            + rest.length()
            + "\"}}",
        "a run");
  }

  private static final Map<String, String> ONE =
      fields("nin", "{\"type\":\"ReLU\"}]},\"recipe\":{\"epochs\":3,\"steps\":[]}");

  @Test
  void fieldsAreNamedByTheirPaths() {
    assertEquals("ReLU", ONE.get("setup.network.layers[0].type"));
    assertEquals("none", ONE.get("setup.recipe.steps"));
    assertEquals(
        List.of(List.of("recipe.epochs", "3"), List.of("recipe.steps", "none")),
        Settings.configuration(ONE));
  }

  @Test
  void onlyDifferencesAreListed() {
    Map<String, String> other =
        fields("nin", "{\"type\":\"ReLU\"}]},\"recipe\":{\"epochs\":5,\"clip\":1,\"steps\":[]}");
    assertEquals(
        List.of(List.of("recipe.epochs", "3", "5"), List.of("recipe.clip", "–", "1")),
        Settings.differences(List.of(ONE, other)));
    assertEquals(List.of(), Settings.differences(List.of(ONE, ONE)));
  }

  @Test
  void otherNetworksDifferInTheirNamesOnly() {
    Map<String, String> other =
        fields("vgg", "{\"type\":\"Flatten\"}]},\"recipe\":{\"epochs\":3,\"steps\":[]}");
    assertEquals(
        List.of(List.of("network.name", "nin", "vgg")), Settings.differences(List.of(ONE, other)));
  }
}
