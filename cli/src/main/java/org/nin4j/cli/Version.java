package org.nin4j.cli;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.Engines;
import picocli.CommandLine.IVersionProvider;

/** What {@code nin --version} prints: what a report of a defect has to tell. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    List<String> reasons = new ArrayList<>();
    String engine = Engines.best(reasons::add).description();
    List<String> lines = new ArrayList<>(List.of("nin " + artifact(), engine));
    lines.addAll(reasons);
    lines.add("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    lines.add(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return lines.toArray(String[]::new);
  }

  /** From the jar's manifest, which classes run from a folder do not have. */
  private static String artifact() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
