package org.nin4j.tracking.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of runs as rows of tables. */
final class Settings {
  private static final String SETUP = "setup.";
  private static final String NETWORK = "setup.network.";
  private static final String NETWORK_NAME = "setup.network.name";
  private static final String ENVIRONMENT = "environment.";
  private static final String NONE = "–";

  private Settings() {}

  /** Returns the settings of a run but for its network. */
  static List<List<String>> configuration(Map<String, String> fields) {
    return fields.entrySet().stream()
        .filter(field -> field.getKey().startsWith(SETUP) && !field.getKey().startsWith(NETWORK))
        .map(field -> List.of(field.getKey().substring(SETUP.length()), field.getValue()))
        .toList();
  }

  /** Returns where a run was started. */
  static List<List<String>> environment(Map<String, String> fields) {
    return fields.entrySet().stream()
        .filter(field -> field.getKey().startsWith(ENVIRONMENT))
        .map(
            field ->
                List.of(
                    field.getKey().substring(ENVIRONMENT.length()).replace('_', ' '),
                    field.getValue()))
        .toList();
  }

  /**
   * Returns the settings in which runs differ: a name, and the value of each run. Networks with
   * different names are not compared layer by layer.
   *
   * @param runs the fields of each run
   */
  static List<List<String>> differences(List<Map<String, String>> runs) {
    boolean otherNetworks =
        runs.stream().map(fields -> fields.getOrDefault(NETWORK_NAME, NONE)).distinct().count() > 1;
    Set<String> names = new LinkedHashSet<>();
    for (Map<String, String> fields : runs) {
      fields.keySet().stream().filter(name -> isCompared(name, otherNetworks)).forEach(names::add);
    }
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      List<String> values = runs.stream().map(fields -> fields.getOrDefault(name, NONE)).toList();
      if (values.stream().distinct().count() > 1) {
        List<String> row = new ArrayList<>(List.of(name.replace(SETUP, "")));
        row.addAll(values);
        rows.add(row);
      }
    }
    return rows;
  }

  private static boolean isCompared(String name, boolean otherNetworks) {
    if (name.startsWith(NETWORK)) {
      return !otherNetworks || name.equals(NETWORK_NAME);
    }
    return name.startsWith(SETUP)
        || (name.startsWith(ENVIRONMENT) && !name.equals(ENVIRONMENT + "started"));
  }
}
