package org.nin4j.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nin4j.data.Catalogue;
import org.nin4j.data.CatalogueEntry;
import org.nin4j.internal.CacheFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nin data list}. */
@Command(
    name = "list",
    description = "List the data sets that have a name, and where they are on this machine.",
    optionListHeading = "%nOptions:%n")
final class DataListCommand implements Runnable {
  private static final String ROW = "%-14s %-58s %s%n";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(ROW, "NAME", "CONTENT", "LOCATION");
    out.printf(
        ROW, "sample", "10,000 + 2,000 images of Fashion-MNIST, balanced, 28x28", "built in");
    for (CatalogueEntry entry : Catalogue.entries()) {
      Path folder = CacheFolder.locate().resolve(entry.name());
      String where =
          Files.isDirectory(folder)
              ? folder.toString()
              : "not downloaded; run: nin data fetch " + entry.name();
      out.printf(ROW, entry.name(), entry.description(), where);
      out.printf(ROW, "", entry.homepage(), entry.licence());
    }
    out.println();
    out.println(
        "Your own folder can be a data set, too: with a folder of images for each class, optionally");
    out.println("split into train, val and test; or with the files of an IDX or CIFAR data set.");
    out.flush();
  }
}
