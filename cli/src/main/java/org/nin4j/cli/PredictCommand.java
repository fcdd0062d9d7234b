package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nin4j.Classifier;
import org.nin4j.Engines;
import org.nin4j.Prediction;
import org.nin4j.data.ImageFiles;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nin predict}. */
@Command(
    name = "predict",
    description = "Classify images.",
    parameterListHeading = "%nImages:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin predict --model model.safetensors boot.png",
      "  nin predict --model model.safetensors photos --top 1 --format csv",
      "  curl -s https://example.org/boot.png | nin predict --model model.safetensors -",
      "  nin predict --model model.safetensors --tensor images.npy --out logits.npy"
    })
final class PredictCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Mixin ModelOption modelOption;

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE|DIR|-",
      description =
          "PNG, JPEG, BMP, GIF, TIFF or WebP files, grey or in colour, or folders of them; - is an image"
              + " from standard input.")
  List<String> paths = new ArrayList<>(); // picocli skips an optional path that is invalid

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "3",
      description = "Number of classes to print for each image. Default: ${DEFAULT-VALUE}.")
  int top;

  @Mixin EngineOptions engineOptions;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Output format: text, json or csv. Default: ${DEFAULT-VALUE}.")
  PredictionFormat format;

  @Mixin TensorOptions tensorOptions;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (top < 1) {
      throw new UsageException("--top must be at least 1, but is " + top);
    }
    tensorOptions.check(!paths.isEmpty());
    int threads = engineOptions.threads();
    Engines.prepare();
    List<Path> images = new ArrayList<>();
    for (String each : paths) {
      Path path = path(each);
      images.addAll(path.equals(STANDARD_INPUT) ? List.of(path) : ImageFiles.list(path));
    }
    Model model = modelOption.read();
    Engine engine = EngineOptions.engine(spec.commandLine());
    Precision precision = engineOptions.precision(engine, spec.commandLine(), model);
    if (tensorOptions.present()) {
      tensorOptions.run(model, engine, precision, threads);
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    int failures = 0;
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, images.size()));
    try (Classifier classifier =
        Classifier.builder(model).engine(engine).precision(precision).replicas(threads).build()) {
      List<Future<Prediction>> predictions = new ArrayList<>();
      for (Path image : images) {
        predictions.add(executor.submit(() -> predict(classifier, image)));
      }
      format.begin(out);
      for (int i = 0; i < predictions.size(); i++) {
        try {
          format.print(out, images.get(i).toString(), predictions.get(i).get().top(top));
        } catch (ExecutionException e) {
          failures++;
          Failures.failed(reason(e), spec.commandLine(), null);
        }
      }
    } finally {
      executor.shutdownNow();
    }
    out.flush();
    return failures == 0 ? 0 : 1;
  }

  private static Path path(String text) {
    try {
      return OptionConverters.path(text);
    } catch (TypeConversionException e) {
      throw new UsageException("IMAGE: " + e.getMessage(), e);
    }
  }

  private static Prediction predict(Classifier classifier, Path image) throws IOException {
    if (!image.equals(STANDARD_INPUT)) {
      return classifier.predict(image);
    }
    try {
      return classifier.predict(System.in);
    } catch (InvalidFileException e) {
      String complaint = e.getMessage().substring(e.source().length());
      throw InvalidFileException.saying(image, "standard input" + complaint, e);
    }
  }

  /** Returns why an image could not be classified; the others are classified all the same. */
  private static IOException reason(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException bug) {
      throw bug;
    }
    return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
  }
}
