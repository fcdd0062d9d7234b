package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.error.InvalidModelException;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Evaluator;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.SourceModel;
import org.nin4j.quantize.Quantizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin quantize}. */
@Command(
    name = "quantize",
    description = {
      "Quantize a model to 8-bit integers, which makes it a quarter of the size, and faster.",
      "The ranges of the activations are calibrated on training images. Then both models are tested"
          + " on the test images."
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin quantize --model runs/digits/model.safetensors -o digits-int8.safetensors",
      "  nin predict --model digits-int8.safetensors seven.png"
    })
final class QuantizeCommand implements Callable<Integer> {
  @Mixin ModelOptions modelOptions;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Number of training images to calibrate on. Default: ${DEFAULT-VALUE}.")
  int images;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description =
          "The file to write the quantized model to, whose extension says the format. It is replaced if"
              + " it exists.")
  Path out;

  @Mixin ThreadsOption threads;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (images < 1) {
      throw new UsageException("--images must be at least 1, but is " + images);
    }
    ModelTarget.requireUsable("--out", out);
    int count = threads.count();
    Engine engine = EngineOptions.engine(spec.commandLine());
    SourceModel read = modelOptions.model.readSource();
    Model model = read.model();
    if (model.quantization() != null) {
      throw new InvalidModelException(
          modelOptions.model.choice
              + ": is already quantized; use the model that it was made from");
    }
    DataSource source = modelOptions.source(model);
    String name = source.name();
    DatasetSplits splits = modelOptions.open(source);
    Model quantized = new Quantizer(engine, splits.train(), images, count).quantize(model);
    Evaluation before = evaluate(engine, Precision.FP32, model, splits, count);
    Precision precision = EngineOptions.ofQuantized(engine, spec.commandLine());
    Evaluation after = evaluate(engine, precision, quantized, splits, count);
    Models.write(out, quantized);
    PrintWriter screen = spec.commandLine().getOut();
    screen.printf(
        Locale.ROOT,
        "calibrated on %,d images of %s, tested on %,d%n%n",
        Math.min(images, splits.train().size()),
        name,
        after.images());
    print(screen, Precision.FP32, before, read.bytes(), modelOptions.model.choice.name());
    print(screen, precision, after, Files.size(out), out.toString());
    screen.flush();
    return 0;
  }

  private static Evaluation evaluate(
      Engine engine, Precision precision, Model model, DatasetSplits splits, int threads) {
    try (Evaluator evaluator =
        new Evaluator(engine, precision, model, splits.testOrValidation(), threads)) {
      return evaluator.evaluate(model.weights());
    }
  }

  /** Prints a row; the precision is the one that the model was tested in. */
  private static void print(
      PrintWriter screen, Precision precision, Evaluation evaluation, long bytes, String file) {
    screen.printf(
        Locale.ROOT,
        "%s  accuracy %.4f  loss %.4f  %,9d bytes  %s%n",
        precision,
        evaluation.accuracy(),
        evaluation.loss(),
        bytes,
        file);
  }
}
