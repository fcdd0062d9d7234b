package org.nin4j.cli;

import org.nin4j.Engines;
import picocli.CommandLine.IVersionProvider;

/** What {@code nin --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "nin " + artifact(),
      Engines.best(warning -> {}).description(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
      System.getProperty("os.name") + " " + System.getProperty("os.arch")
    };
  }

  /** From the jar's manifest, which classes run from a folder do not have. */
  private static String artifact() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
