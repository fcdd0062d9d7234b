package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every type that there may be one day. */
@Command(name = "any")
final class AnyOptions {
  @Option(names = {"-c", "--count"})
  int count = 1;

  @Option(names = "--big")
  Long big;

  @Option(names = "--rate")
  float rate;

  @Option(names = "--flag")
  boolean flag;

  @Option(names = "--on", defaultValue = "true")
  boolean on;

  @Option(names = "--text", defaultValue = "default")
  String text;

  @Option(names = "--two-words")
  Path path;

  @Option(names = "--precision")
  PrecisionChoice choice;

  @Option(names = "--texts")
  List<String> texts;

  @Option(names = "--parts", split = ",")
  List<String> parts;

  @Option(names = "--counts")
  List<Integer> counts;

  @Option(names = "--layers", split = ",")
  List<LayerPath> layers;

  @Mixin ThreadsOption threads;

  /** The options after a run file and the command line. */
  static AnyOptions of(Path file, String... args) throws IOException {
    AnyOptions options = new AnyOptions();
    CommandLine command = OptionConverters.register(new CommandLine(options));
    command.parseArgs(args);
    RunFile.apply(file, command);
    return options;
  }
}
