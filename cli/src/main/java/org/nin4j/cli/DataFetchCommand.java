package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.nin4j.data.Catalogue;
import org.nin4j.data.CatalogueEntry;
import org.nin4j.data.DatasetFetcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin data fetch}. */
@Command(
    name = "fetch",
    description = {
      "Download a data set, and verify its digests.",
      "It is saved in the cache folder: NIN4J_CACHE if set, otherwise the user's cache folder."
    },
    parameterListHeading = "%nData set:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  nin data fetch fashion-mnist", "  nin data fetch mnist --from /media/disk/mnist"})
final class DataFetchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "A data set listed by 'nin data list'.")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "URL|DIR",
      description = "Web address or folder to take the files from. Default: the public address.")
  private String from;

  @Option(
      names = "--no-verify",
      description = "Accept files whose digests differ from the published ones.")
  private boolean noVerify;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (name.equals("sample")) {
      out.println("The sample is built in; there is nothing to fetch.");
      return 0;
    }
    CatalogueEntry entry = Catalogue.find(name).orElseThrow(this::unknown);
    String source = from == null ? entry.source().toString() : from;
    out.printf("Fetching %s from %s%n", name, source);
    boolean terminal = spec.commandLine().getColorScheme().ansi().enabled();
    Path folder =
        new DatasetFetcher(new FetchProgress(out, terminal)).fetch(entry, source, !noVerify);
    out.printf(
        noVerify
            ? "Saved in %s; the digests were not verified.%n"
            : "Saved in %s; the digests are verified.%n",
        folder);
    out.printf("Licence: %s; %s%n", entry.licence(), entry.homepage());
    out.flush();
    return 0;
  }

  private ParameterException unknown() {
    String known =
        Catalogue.entries().stream().map(CatalogueEntry::name).collect(Collectors.joining(", "));
    return new ParameterException(
        spec.commandLine(), "no data set is named '" + name + "'; known names: " + known);
  }
}
