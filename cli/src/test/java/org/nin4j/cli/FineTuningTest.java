package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.io.Model;
import org.nin4j.io.Models;

/** {@code nin train --from}: a model of two classes learns three others. */
class FineTuningTest {
  @TempDir Path folder;
  private Path source;
  private Path photos;
  private Path run;

  @BeforeEach
  void trainAModelAndFillAFolder() throws IOException {
    Path data = TinyData.folder(folder.resolve("rows"), 40);
    Path network = TinyData.network(folder.resolve("tiny.json"));
    run = folder.resolve("runs").resolve("tuned");
    Path base = folder.resolve("base");
    Outcome.of("train", "--net", network, "--data", data, "--epochs", 1, "--out", base).succeeds();
    source = base.resolve("model.safetensors");
    photos = folder.resolve("photos");
    for (int i = 0; i < 10; i++) {
      image(photos.resolve("dark").resolve(i + ".png"), 0x101010 + i);
      image(photos.resolve("grey").resolve(i + ".png"), 0x808080 + i);
      image(photos.resolve("light").resolve(i + ".png"), 0xE0E0E0 + i);
    }
  }

  private static void image(Path file, int rgb) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 100; i++) {
      image.setRGB(i % 10, i / 10, rgb);
    }
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  private Outcome tune(Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("train", "--from", source, "--data", photos, "--out", run));
    args.addAll(List.of(more));
    return Outcome.of(args.toArray());
  }

  @Test
  void aModelLearnsOtherClassesAndCanBeUsed() throws IOException {
    String out = tune("--grey", "--epochs", 2, "--freeze", "0").succeeds().out();
    assertTrue(
        out.contains(
            "start    "
                + source
                + ": 2 tensors taken over, new: 2.weight, 2.bias\n"
                + "frozen   0 (40 of 475 parameters)\n"),
        out);
    assertTrue(out.contains("images 1x1x8x8"), out);
    Model tuned = Models.read(run.resolve("model.safetensors"));
    assertEquals(List.of("dark", "grey", "light"), tuned.classes());
    assertEquals(3, tuned.network().classes());
    assertEquals(Models.read(source).preprocessing().antialiased(), tuned.preprocessing());
    Map<String, String> provenance = tuned.provenance();
    assertEquals("model.safetensors", provenance.get("from"));
    assertEquals("0", provenance.get("frozen"));
    Path model = run.resolve("model.safetensors");
    assertTrue(Outcome.of("eval", "--model", model).succeeds().out().contains("light"));
    Outcome.of("predict", "--model", model, photos.resolve("dark")).succeeds();
  }

  @Test
  void theFileInItsRunFolderRepeatsAFineTuningBitForBit() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(source);
    Outcome.of(
            "train",
            "--from",
            relative,
            "--data",
            photos,
            "--out",
            run,
            "--grey",
            "--epochs=1",
            "--size=12",
            "--freeze=0")
        .succeeds();
    String file = Files.readString(run.resolve("run.yaml"));
    assertTrue(file.contains("\nfrom: " + source + "\n"), file);
    assertFalse(file.contains("\nnet:"), file);
    Path again = folder.resolve("again");
    Outcome.of("train", run.resolve("run.yaml"), "--out", again).succeeds();
    assertArrayEquals(
        Files.readAllBytes(run.resolve("model.safetensors")),
        Files.readAllBytes(again.resolve("model.safetensors")));
    assertEquals(file, Files.readString(again.resolve("run.yaml")));
  }

  private Path file(String yaml) throws IOException {
    String lines = "from: " + source + "\ndata: " + photos + "\ngrey: true\nepochs: 1\n" + yaml;
    return Files.writeString(folder.resolve("my.yaml"), lines);
  }

  @Test
  void aRunFileFreezesBlocksByTheirNumbers() throws IOException {
    for (String blocks : List.of("0", "[0]", "['0']", "all")) {
      Path out = run.resolve(blocks.replaceAll("\\W", "_"));
      Outcome outcome = Outcome.of("train", file("freeze: " + blocks), "--out", out).succeeds();
      assertTrue(outcome.out().contains("frozen   0 ("), outcome.out());
    }
  }

  @Test
  void aComplaintAboutARunFileNamesItsKey() throws IOException {
    Path file = file("freeze: [0, 3]\n");
    Outcome.of("train", file, "--out", run).fails(2, "cannot freeze '3'");
    file = file("net: nin\n");
    Outcome.of("train", file, "--out", run)
        .fails(2, "nin: " + file + ": net cannot be combined with --from, which keeps the model's");
    file = Files.writeString(folder.resolve("my.yaml"), "net: nin\n");
    Outcome.of("train", file, "--from", source, "--out", run)
        .fails(2, "nin: " + file + ": net cannot be combined with --from");
    file = Files.writeString(folder.resolve("my.yaml"), "freeze: [0, 3]\n");
    Outcome.of("train", file, "--out", run).fails(2, "nin: " + file + ": freeze needs --from");
    Outcome.of("train", file(""), "--net", "nin", "--out", run)
        .fails(2, "nin: --net cannot be combined with --from");
    assertFalse(Files.exists(run.getParent()));
  }

  @Test
  void allFreezesAllBlocksButTheLast() throws IOException {
    assertTrue(
        tune("--grey", "--epochs", 1, "--freeze", "all").succeeds().out().contains("frozen   0 ("));
  }

  @Test
  void theSizeMayBeAnother() {
    String out = tune("--grey", "--epochs", 1, "--size", 12).succeeds().out();
    assertTrue(out.contains("images 1x1x12x12"), out);
  }

  @Test
  void aFinishedRunResumesWithoutTheModelItStartedFrom() throws IOException {
    tune("--grey", "--epochs", 1, "--freeze", "0").succeeds();
    byte[] before = Files.readAllBytes(run.resolve("model.safetensors"));
    Files.delete(source);
    Files.delete(run.resolve("model.safetensors"));
    String out = Outcome.of("train", "--resume", run).succeeds().out();
    assertTrue(out.contains("start    " + source + ": 2 tensors taken over, new: 2.weight"), out);
    assertTrue(out.contains("frozen   0 (40 of 475 parameters)"), out);
    assertArrayEquals(before, Files.readAllBytes(run.resolve("model.safetensors")));
    Outcome.of("train", "--resume", run, "--freeze", "0")
        .fails(1, source + ": there is no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--epochs 1 | the model takes grey images, but those of",
        "--grey --freeze 1 | its blocks with parameters are 0, 2",
        "--grey --freeze 0,3 | cannot freeze '3'",
        "--grey --freeze conv1 | cannot freeze 'conv1'",
        "--grey --freeze 0,2 | nothing is left to train",
        "--grey --net nin | --net cannot be combined with --from",
        "--grey --size 5 | the smallest input that would do is 1x1x6x6",
        "--grey --size 0 | --size must be at least 1"
      })
  void invalidUsageExitsWith2AndCreatesNoFolder(String options, String complaint) {
    tune((Object[]) options.split(" ", -1)).fails(2, complaint);
    assertFalse(Files.exists(run.getParent()));
  }

  @Test
  void whatIsNoModelToStartFromIsReported() throws IOException {
    Outcome.of("train", "--freeze", 0).fails(2, "--freeze needs --from");
    Outcome.of("train", "--from", "").fails(2, "it needs the file or the name of a model");
    Outcome.of("train", "--from", folder.resolve("none.safetensors"))
        .fails(1, "none.safetensors: there is no such file");
    Outcome.of("train", "--from", photos.resolve("dark/1.png"))
        .fails(1, "is not a model file of a known format (");
    Path quantized = folder.resolve("int8.safetensors");
    // It warns where the processor does not compute in int8, which does not matter here.
    Outcome.of("quantize", "--model", source, "--images", 10, "-o", quantized);
    assertTrue(Files.exists(quantized));
    Outcome.of("train", "--from", quantized, "--data", photos, "--grey", "--out", run)
        .fails(1, "int8.safetensors: is quantized and cannot be trained");
    assertFalse(Files.exists(run.getParent()));
  }
}
