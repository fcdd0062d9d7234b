package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.nin4j.internal.Quoted;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Summary;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin convert}. */
@Command(
    name = "convert",
    description = {
      "Convert a model to another file format.",
      "What nin writes says everything about the model, in every format, and needs no options to be"
          + " read again."
    },
    parameterListHeading = "%nFiles:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin convert runs/digits model.onnx",
      "  nin convert nin-small-cifar10 model.pt",
      "  nin convert nin.pt model.safetensors --net nin-cifar10 --classes classes.txt \\",
      "    --mean 0.49,0.48,0.45 --std 0.25,0.24,0.26"
    })
final class ConvertCommand implements Callable<Integer> {
  /** The formats that can be written, as {@link Models#writableExtensions} lists them. */
  static final String EXTENSIONS = "safetensors, pt, pth, npz or onnx";

  private static final String OUT = "OUT";

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description =
          "The model: a file of any format, a run folder, or the name of a model that comes with nin.")
  ModelChoice in;

  @Parameters(
      index = "1",
      paramLabel = OUT,
      description =
          "The file to write. Its extension says the format: "
              + EXTENSIONS
              + ". It is replaced if it"
              + " exists.")
  Path out;

  @ArgGroup(exclusive = false, heading = ForeignFileOptions.HEADING)
  ForeignFileOptions foreign = new ForeignFileOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ModelTarget.requireUsable(OUT, out);
    Optional<Path> file = in.file();
    boolean replaces = file.isPresent() && Files.exists(out) && Files.exists(file.get());
    if (replaces && Files.isSameFile(file.get(), out)) {
      throw new UsageException(OUT + ": " + out + " is the model itself; choose another file");
    }
    ImportOptions options = foreign.read();
    SourceModel read = in.read(options);
    String format = file.isPresent() ? Models.importer(file.get()).format() : "safetensors";
    // Only a foreign file needs options; one of ours already says where its model comes from.
    Model model = options.equals(ImportOptions.none()) ? read.model() : withSource(read, format);
    Models.write(out, model);
    PrintWriter screen = spec.commandLine().getOut();
    screen.printf(
        Locale.ROOT,
        "read     %s (%s, %,d bytes)%n",
        read.name().orElseThrow(),
        format,
        read.bytes());
    screen.printf(
        Locale.ROOT,
        "model    %s: %s -> %d classes, %,d parameters%s%n",
        Quoted.printable(model.network().name(), 80),
        model.network().input(),
        model.classes().size(),
        Summary.of(model.network()).total().parameters(),
        model.quantization() == null ? "" : ", int8");
    screen.printf("classes  %s%n", ListedNames.brief(model.classes()));
    if (!options.equals(ImportOptions.none())
        && model.provenance().containsKey(ImportedModel.TENSORS)) {
      screen.printf("tensors  assigned %s%n", model.provenance().get(ImportedModel.TENSORS));
    }
    screen.printf(
        Locale.ROOT,
        "wrote    %s (%s, %,d bytes)%n",
        out,
        Models.exporter(out).format(),
        Files.size(out));
    screen.flush();
    return 0;
  }

  /** Returns the model with the file that it comes from in its provenance, without folders. */
  private static Model withSource(SourceModel read, String format) {
    Model model = read.model();
    Map<String, String> provenance = new TreeMap<>(model.provenance());
    provenance.put("converted_from", Path.of(read.name().orElseThrow()).getFileName().toString());
    provenance.put("converted_from_format", format);
    provenance.put("converted_from_sha256", read.sha256());
    return new Model(
        model.network(),
        model.weights(),
        model.classes(),
        model.preprocessing(),
        provenance,
        model.quantization());
  }
}
