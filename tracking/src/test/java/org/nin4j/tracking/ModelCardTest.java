package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Models;
import org.nin4j.io.SourceModel;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.Score;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingResult;

class ModelCardTest {
  private static final Recipe TWO_EPOCHS = TinyTask.recipe().with(r -> r.epochs(2));

  @TempDir Path temp;

  private static String sha256(Path file) throws IOException, GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  private static String row(String images, int number, Score score) {
    return String.format(
        Locale.ROOT, "| %s | %d | %.4f | %.4f |\n", images, number, score.accuracy(), score.loss());
  }

  private static void contains(String card, String expected) {
    assertTrue(card.contains(expected), "no '" + expected + "' in: " + card);
  }

  @Test
  void theCardHasTheFactsAndTheFiguresOfTheModel() throws Exception {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    TrainingResult result =
        TinyTask.trainer(TWO_EPOCHS, 7)
            .dataSource(new DataSource(temp.resolve("my `stripes`").toString()))
            .store(folder)
            .train();
    String card = Files.readString(folder.path().resolve("model.md"));
    contains(card, "- Network: `tiny`, " + TinyTask.network().parameterCount() + " parameters\n");
    contains(card, "- Input: grey images, resized to 8 x 8 pixels\n");
    contains(card, "one of 3 classes: `horizontal`, `vertical`, `none`\n");
    contains(
        card,
        String.format(
            Locale.ROOT, "- File: `model.safetensors`, %,d bytes\n", Files.size(folder.model())));
    contains(card, "`" + sha256(folder.model()) + "`\n");
    contains(card, "The data set `my 'stripes'`: 50 images to train on, 21 to test.\n");
    contains(card, "Epochs: 2 of at most 2. Precision: fp32.");
    contains(card, "- Seed: 7\n");
    contains(card, "instruction set: " + Engines.reference().description() + "\n");
    EpochMetrics last = result.history().get(1);
    contains(card, row("training", 50, last.train()));
    contains(card, row("test", 21, last.test().orElseThrow()));
    assertFalse(card.contains("validation"), card);
    assertFalse(card.contains("Licence"), card);
    assertFalse(card.contains(temp.toString()), card);
    String recipe = card.substring(card.indexOf("```json\n") + 8, card.indexOf("\n```\n\n## Eval"));
    assertEquals(TWO_EPOCHS, RecipeJson.read(recipe, "the card"));
  }

  @Test
  void theCardOfTheBestModelSaysThatItWasChosenByValidation() throws Exception {
    DatasetSplits data =
        new DatasetSplits(TinyTask.data().train(), TinyTask.data().test(), Optional.empty());
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    new Trainer(Engines.reference(), TinyTask.network(), data, TWO_EPOCHS).store(folder).train();
    String best = Files.readString(folder.path().resolve("model-best.md"));
    contains(best, "`" + sha256(folder.bestModel()) + "`\n");
    contains(best, ": 50 images to train on, 21 to validate.\n");
    contains(best, "chosen because it has the best score on the validation images");
    contains(best, "The model was not evaluated on test images.\n");
    contains(best, "nin predict --model model-best.safetensors image.png\n");
    String last = Files.readString(folder.path().resolve("model.md"));
    assertFalse(last.contains("was chosen"), last);
    contains(last, "epochs are compared by them");
  }

  @Test
  void aResumedTrainingReplacesTheCardOfTheOneThatWasStopped() throws Exception {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    StopAfter.steps(3).run(TinyTask.trainer(TWO_EPOCHS).store(folder));
    String stopped = Files.readString(folder.path().resolve("model.md"));
    contains(stopped, "Epochs: 0 of at most 2.");
    contains(stopped, "stopped in its first epoch, so the model was not evaluated");
    RunFolder again = RunFolder.open(folder.path());
    StopAfter.steps(TinyTask.BATCHES).run(again.trainer(Engines.reference(), TinyTask.data()));
    contains(
        Files.readString(folder.path().resolve("model.md")),
        "The training was stopped before its end, possibly some steps after that epoch.\n");
    again.trainer(Engines.reference(), TinyTask.data()).train();
    String ended = Files.readString(folder.path().resolve("model.md"));
    contains(ended, "`" + sha256(folder.model()) + "`\n");
    assertFalse(ended.contains("stopped"), ended);
  }

  @Test
  void theCardOfAFineTunedModelNamesItsStartAndWhatWasFrozen() throws Exception {
    Path start = temp.resolve("start.safetensors");
    Models.write(start, TinyTask.trainer(TWO_EPOCHS).train().model());
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    TinyTask.trainer(TWO_EPOCHS)
        .from(SourceModel.read(start, ImportOptions.none()))
        .freeze("1", "0")
        .store(folder)
        .train();
    String card = Files.readString(folder.path().resolve("model.md"));
    contains(card, "- Start: `start.safetensors` with SHA-256 `" + sha256(start) + "`\n");
    contains(card, "- Frozen: `0`, `1`\n");
    assertFalse(card.contains(temp.toString()), card);
  }

  @Test
  void aDataSetOfTheCatalogueIsNamedWithItsLicence() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    TinyTask.trainer(TWO_EPOCHS).dataSource(new DataSource("mnist")).store(folder).train();
    contains(
        Files.readString(folder.path().resolve("model.md")),
        "Licence: CC BY-SA 3.0, Yann LeCun and Corinna Cortes (<http://yann.lecun.com/");
  }

  @Test
  void aFolderWithACardIsNotUsedForANewRun() throws IOException {
    Files.writeString(temp.resolve("model-best.md"), "x");
    IOException e = assertThrows(IOException.class, () -> RunFolder.create(temp));
    assertTrue(e.getMessage().contains("already holds a run (model-best.md)"), e.getMessage());
  }

  @Test
  void aTrainingThatIsStoppedInItsFirstEpochTellsValidationFromTestImages() throws IOException {
    DatasetSplits data =
        new DatasetSplits(TinyTask.data().train(), TinyTask.data().test(), Optional.empty());
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    StopAfter.steps(3)
        .run(new Trainer(Engines.reference(), TinyTask.network(), data, TWO_EPOCHS).store(folder));
    contains(
        Files.readString(folder.path().resolve("model.md")),
        ": 50 images to train on, 21 to validate.\n");
  }
}
