package org.nin4j.cli;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** From the module, or else from the jar's manifest; classes run from a folder have neither. */
  private static String artifact() {
    ModuleDescriptor module = Version.class.getModule().getDescriptor();
    String version = Version.class.getPackage().getImplementationVersion();
    return Optional.ofNullable(module)
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(version))
        .orElse("(not packaged)");
  }
}
