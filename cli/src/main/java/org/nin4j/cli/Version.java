package org.nin4j.cli;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.Engines;
import org.nin4j.internal.LibraryVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code nin --version} prints: what a bug report should contain. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = LibraryVersion.of(Version.class).orElse("(not packaged)");
    List<String> reasons = new ArrayList<>();
    String engine = Engines.best(reasons::add).description();
    List<String> lines = new ArrayList<>(List.of("nin " + version, engine));
    lines.addAll(reasons);
    lines.add("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    lines.add(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return lines.toArray(String[]::new);
  }
}
