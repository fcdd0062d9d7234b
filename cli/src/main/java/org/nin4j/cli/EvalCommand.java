package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nin4j.cli.EvaluationReport.Against;
import org.nin4j.data.DataSource;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.error.InvalidModelException;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Evaluator;
import org.nin4j.evaluate.TestTimeAugmentation;
import org.nin4j.io.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin eval}. */
@Command(
    name = "eval",
    description = {
      "Measure the accuracy and the loss of a model on images, overall and class by class.",
      "These are the test images of a data set, or its validation images if it has no test images."
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin eval --model runs/digits/model.safetensors",
      "  nin eval --model model.safetensors --data fashion-mnist --format json",
      "  nin eval --model model.safetensors --flip",
      "  nin eval --model model.safetensors --against older.safetensors"
    })
final class EvalCommand implements Callable<Integer> {
  private static final String AGAINST = "--against";

  @Mixin ModelOptions modelOptions;

  @Mixin EngineOptions engineOptions;

  @Option(
      names = "--flip",
      description =
          "Classify each image from the mean of the logits of the image and its mirror image, which"
              + " takes twice the time. Not for digits, letters or other images that mean something else"
              + " in a mirror.")
  boolean flip;

  @Option(
      names = AGAINST,
      paramLabel = ModelChoice.LABEL,
      description =
          "Another model with the same classes, to compare with on the same images: which one is"
              + " better, and whether that may be chance.")
  ModelChoice against;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Output format: text or json. Default: ${DEFAULT-VALUE}.")
  EvaluationFormat format;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    int threads = engineOptions.threads();
    Engine engine = EngineOptions.engine(spec.commandLine());
    Model model = modelOptions.model.read();
    Model other = against == null ? null : comparable(model);
    DataSource source = modelOptions.source(model);
    ImageDataset test = modelOptions.open(source).testOrValidation();
    if (!test.classes().equals(model.classes())) {
      Failures.warn(
          spec.commandLine(), "the class names of " + test.name() + " are not those of the model");
    }
    Evaluation evaluation = evaluate(engine, threads, modelOptions.model.choice, model, test);
    Optional<Against> compared = Optional.empty();
    if (other != null) {
      ImageDataset same = sameImages(source, test, other.network().input().channels());
      compared =
          Optional.of(new Against(against.name(), evaluate(engine, threads, against, other, same)));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        format.render(
            new EvaluationReport(
                modelOptions.model.choice.name(),
                source.name(),
                augmentation(),
                evaluation,
                compared)));
    out.flush();
    return 0;
  }

  /** Reads the model to compare with. */
  private Model comparable(Model model) throws IOException {
    Model other = against.readComplete(AGAINST).model();
    if (!other.classes().equals(model.classes())) {
      throw new UsageException(
          AGAINST
              + ": the classes of "
              + against
              + " are not those of "
              + modelOptions.model.choice
              + "; only models with the same classes in the same order can be compared");
    }
    return other;
  }

  /** Returns the same images in grey or in colour, as another model needs them. */
  private ImageDataset sameImages(DataSource source, ImageDataset test, int channels)
      throws IOException {
    if (test.channels() == channels) {
      return test;
    }
    DataSource converted = new DataSource(source.name(), source.options().withChannels(channels));
    return modelOptions.open(converted).testOrValidation();
  }

  private TestTimeAugmentation augmentation() {
    return flip ? TestTimeAugmentation.HORIZONTAL_FLIP : TestTimeAugmentation.NONE;
  }

  private Evaluation evaluate(
      Engine engine, int threads, ModelChoice choice, Model model, ImageDataset images) {
    Precision precision = engineOptions.precision(engine, spec.commandLine(), model);
    try (Evaluator evaluator = new Evaluator(engine, precision, model, images, threads)) {
      Evaluation evaluation = evaluator.evaluate(model.weights(), augmentation());
      if (!Double.isFinite(evaluation.loss())) {
        throw new InvalidModelException(
            choice
                + ": the loss on the images of "
                + images.name()
                + " is "
                + evaluation.loss()
                + "; the model's weights are not usable, so train it again");
      }
      return evaluation;
    }
  }
}
