package org.nin4j.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.nin4j.data.Catalogue;
import org.nin4j.data.CenterCrop;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.Model;
import org.nin4j.nn.Shape;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.Start;
import org.nin4j.train.TrainingSetup;

/**
 * A model card (Mitchell and others, 2019, "Model Cards for Model Reporting"): a text in Markdown
 * beside a model file that says what the model is, what it was trained on and how, how good it is,
 * and what it is not fit for. It contains no paths of the machine that the model was trained on.
 */
final class ModelCard {
  private static final String MODEL_SUFFIX = ".safetensors";
  private static final String SUFFIX = ".md";
  private static final int MOST_CLASSES = 100;

  private final Path file;
  private final Model model;
  private final TrainingSetup setup;
  private final String engine;
  private final List<EpochMetrics> history;
  private final CardFigures.Choice choice;
  private final ImageCounts images;
  private final StringBuilder text = new StringBuilder();

  /**
   * Creates a card.
   *
   * @param file the model file, which has been written
   * @param model its content
   * @param setup what identifies the training
   * @param engine the description of the engine that trained it
   * @param images how many images the data set has
   * @param history the metrics of each completed epoch, the last of them of the model's epoch
   * @param choice which model of the training it is
   */
  ModelCard(
      Path file,
      Model model,
      TrainingSetup setup,
      String engine,
      ImageCounts images,
      List<EpochMetrics> history,
      CardFigures.Choice choice) {
    this.file = file;
    this.model = model;
    this.setup = setup;
    this.engine = engine;
    this.images = images;
    this.history = List.copyOf(history);
    this.choice = choice;
  }

  /** Returns the path of a model's card: that of the model, with {@code .md} at its end. */
  static Path of(Path model) {
    String name = model.getFileName().toString();
    String stem =
        name.endsWith(MODEL_SUFFIX)
            ? name.substring(0, name.length() - MODEL_SUFFIX.length())
            : name;
    return model.resolveSibling(stem + SUFFIX);
  }

  /**
   * Writes the card beside the model, or replaces it in one step.
   *
   * @throws IOException when the model cannot be read, or the card cannot be written
   */
  void write() throws IOException {
    text.setLength(0);
    details();
    intendedUse();
    data();
    procedure();
    line("## Evaluation");
    line("");
    line("%s", new CardFigures(history, choice, images).text());
    limits();
    reproduction();
    AtomicFile.write(of(file), text.toString());
  }

  private void details() throws IOException {
    Shape input = model.network().input();
    line("# %s", model.network().name());
    line("");
    line("## Model details");
    line("");
    line("An image classifier, trained with NiN4J %s.", provenance("nin4j_version"));
    line("");
    line("- Network: `%s`, %,d parameters", model.network().name(), parameters());
    line(
        "- Input: %s images, %s to %d x %d pixels",
        input.channels() == 1 ? "grey" : "colour",
        crops() ? "resized and cropped" : "resized",
        input.height(),
        input.width());
    line("- Output: one of %d classes: %s", model.classes().size(), classes());
    if (model.provenance().containsKey("from")) {
      line("- Fine-tuned from: `%s`", code(provenance("from")));
    }
    line("- File: `%s`, %,d bytes", file.getFileName(), Files.size(file));
    line("- SHA-256 of the file: `%s`", sha256(file));
    line("");
  }

  private void intendedUse() {
    line("## How to use it");
    line("");
    line("```java");
    line("try (Classifier classifier = Classifier.load(Path.of(\"%s\"))) {", file.getFileName());
    line("  System.out.println(classifier.predict(Path.of(\"image.png\")).label());");
    line("}");
    line("```");
    line("");
    line("```");
    line("nin predict --model %s image.png", file.getFileName());
    line("```");
    line("");
  }

  private void data() {
    line("## Training data");
    line("");
    line(
        "The data set `%s`: %,d images to train on%s%s.",
        code(provenance("data")),
        images.train(),
        clause(images.validation(), "to validate"),
        clause(images.test(), "to test"));
    String licence = licence();
    if (!licence.isEmpty()) {
      line("");
      line("%s", licence);
    }
    line("");
  }

  private static String clause(OptionalInt count, String purpose) {
    return count.isPresent()
        ? String.format(Locale.ROOT, ", %,d %s", count.getAsInt(), purpose)
        : "";
  }

  /** Returns the licence of a data set that is known by name. */
  private String licence() {
    boolean sample = setup.data().name().equals("sample");
    return Catalogue.find(sample ? "fashion-mnist" : setup.data().name())
        .map(
            entry ->
                (sample ? "It is a sample of " + entry.name() + ". " : "")
                    + "Licence: "
                    + entry.licence()
                    + " (<"
                    + entry.homepage()
                    + ">).")
        .orElse("");
  }

  private void procedure() {
    line("## Training procedure");
    line("");
    line(
        "Epochs: %d of at most %d. Precision: %s. The recipe:",
        history.size(), setup.recipe().epochs(), setup.precision());
    line("");
    line("```json");
    text.append(JsonWriter.indented(RecipeJson.write(setup.recipe())));
    line("```");
    line("");
  }

  private void limits() {
    Shape input = model.network().input();
    line("## Limits");
    line("");
    line(
        "- It answers one of its %d classes for any picture, also for one that shows none of them.",
        model.classes().size());
    line("- It was trained on images like those of `%s` only.", code(provenance("data")));
    line(
        "- It sees %d x %d %s pixels; smaller details are lost.",
        input.height(), input.width(), input.channels() == 1 ? "grey" : "colour");
    line("- The probabilities are not calibrated.");
    line("- No evaluation of fairness or safety was made. Do not use it for decisions on people.");
    line("");
  }

  private void reproduction() {
    line("## How to reproduce it");
    line("");
    line(
        "The same training with these gives the same file, bit for bit, on any number of threads:");
    line("");
    line("- NiN4J %s", provenance("nin4j_version"));
    line("- Engine and instruction set: %s", engine);
    line("- Precision: %s", setup.precision());
    line("- Seed: %d", setup.seed());
    setup.start().ifPresent(this::start);
    if (!setup.frozen().isEmpty()) {
      line("- Frozen: `%s`", String.join("`, `", setup.frozen()));
    }
    line("- Fingerprint of the data: `%s`", setup.fingerprint());
  }

  private void start(Start start) {
    String name = start.model().isPresent() ? "`" + code(provenance("from")) + "`" : "a model";
    line("- Start: %s with SHA-256 `%s`", name, start.sha256());
  }

  private boolean crops() {
    return model.preprocessing().steps().stream().anyMatch(step -> step instanceof CenterCrop);
  }

  private long parameters() {
    return model.network().parameterCount();
  }

  private String provenance(String name) {
    return model.provenance().getOrDefault(name, "unknown");
  }

  private String classes() {
    List<String> names = model.classes().stream().map(name -> "`" + code(name) + "`").toList();
    return names.size() <= MOST_CLASSES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_CLASSES)) + " and others";
  }

  /** Returns a text that can stand in backticks. */
  private static String code(String name) {
    return name.replace('`', '\'').replaceAll("\\R", " ");
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
