package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.nin4j.data.DataSource;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
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
      "Measure the accuracy and the loss of a model on images.",
      "These are the test images of a data set, or its validation images if it has no test images."
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin eval --model runs/digits/model.safetensors",
      "  nin eval --model model.safetensors --data fashion-mnist --format json",
      "  nin eval --model model.safetensors --flip"
    })
final class EvalCommand implements Callable<Integer> {
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
    Model model = modelOptions.read().model();
    DataSource source = modelOptions.source(model);
    String name = source.name();
    ImageDataset test = modelOptions.open(source).testOrValidation();
    if (!test.classes().equals(model.classes())) {
      Failures.warn(
          spec.commandLine(), "the class names of " + test.name() + " are not those of the model");
    }
    TestTimeAugmentation augmentation =
        flip ? TestTimeAugmentation.HORIZONTAL_FLIP : TestTimeAugmentation.NONE;
    Evaluation evaluation;
    try (Evaluator evaluator =
        new Evaluator(
            engine,
            engineOptions.precision(engine, spec.commandLine(), model),
            model,
            test,
            threads)) {
      evaluation = evaluator.evaluate(model.weights(), augmentation);
    }
    if (!Double.isFinite(evaluation.loss())) {
      throw new InvalidModelException(
          modelOptions.file
              + ": the loss on the images of "
              + name
              + " is "
              + evaluation.loss()
              + "; the model's weights are not usable, so train it again");
    }
    PrintWriter out = spec.commandLine().getOut();
    format.print(out, evaluation, model.classes(), name, augmentation);
    out.flush();
    return 0;
  }
}
