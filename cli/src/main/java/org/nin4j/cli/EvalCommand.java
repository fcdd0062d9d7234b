package org.nin4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nin4j.data.Datasets;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.io.Model;
import org.nin4j.io.ModelFile;
import org.nin4j.train.Evaluation;
import org.nin4j.train.Evaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin eval}. */
@Command(
    name = "eval",
    description = "Test a model on the test images of a data set.",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin eval --model runs/digits/model.safetensors",
      "  nin eval --model model.safetensors --data fashion-mnist --format json"
    })
final class EvalCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "FILE", required = true, description = "A model file.")
  Path modelFile;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "sample, a data set from 'nin data list', or a folder. Default: what the model was"
              + " trained with.")
  String data;

  @Mixin EngineOptions engineOptions;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = FormatConverter.class,
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  Format format;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Engine engine = engineOptions.engine(spec.commandLine());
    Model model = ModelFile.read(modelFile);
    String name = data != null ? data : model.provenance().getOrDefault("data", "sample");
    ImageDataset test = Datasets.open(name).test();
    if (!test.classes().equals(model.classes())) {
      EngineOptions.warn(
          spec.commandLine(), "the classes of " + test.name() + " are not named as the model's");
    }
    Evaluation evaluation;
    try (Evaluator evaluator =
        new Evaluator(
            engine,
            engineOptions.precision(engine, spec.commandLine()),
            model.network(),
            model.preprocessing(),
            test)) {
      evaluation = evaluator.evaluate(model.weights());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(json(evaluation, model.classes(), name).toPrettyString());
    } else {
      print(out, evaluation, model.classes(), name);
    }
    out.flush();
    return 0;
  }

  private static void print(
      PrintWriter out, Evaluation evaluation, List<String> classes, String name) {
    out.printf(
        Locale.ROOT,
        "accuracy %.4f   loss %.4f   %,d images of %s%n%n",
        evaluation.accuracy(),
        evaluation.loss(),
        evaluation.images(),
        name);
    int width = classes.stream().mapToInt(String::length).max().orElse(0);
    for (int label = 0; label < classes.size(); label++) {
      List<Integer> row = evaluation.confusion().get(label);
      out.printf(
          Locale.ROOT,
          "%-" + width + "s  %.3f%s%n",
          classes.get(label),
          evaluation.recall(label),
          mostMistakenFor(row, label, classes));
    }
  }

  private static String mostMistakenFor(List<Integer> row, int label, List<String> classes) {
    int worst = -1;
    for (int c = 0; c < row.size(); c++) {
      if (c != label && row.get(c) > 0 && (worst < 0 || row.get(c) > row.get(worst))) {
        worst = c;
      }
    }
    return worst < 0
        ? ""
        : "   most often taken for " + classes.get(worst) + " (" + row.get(worst) + ")";
  }

  private static ObjectNode json(Evaluation evaluation, List<String> classes, String name) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("accuracy", evaluation.accuracy());
    json.put("loss", evaluation.loss());
    json.put("images", evaluation.images());
    json.put("data", name);
    ObjectNode recall = json.putObject("class_accuracy");
    for (int label = 0; label < classes.size(); label++) {
      recall.put(classes.get(label), evaluation.recall(label));
    }
    json.putPOJO("confusion", evaluation.confusion());
    return json;
  }

  /** How to print. */
  enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Picocli makes one of these. */
  static final class FormatConverter extends Choice<Format> {
    FormatConverter() {
      super("format", Format.class);
    }
  }
}
