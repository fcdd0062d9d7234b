package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.io.Model;
import org.nin4j.io.TensorInfo;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options of {@code nin predict} for a tensor instead of images. */
final class TensorOptions {
  private static final String TENSOR = "--tensor";

  @Option(
      names = TENSOR,
      paramLabel = "FILE.npy",
      description =
          "Instead of images, a NumPy array of preprocessed ones: N x C x H x W float32, as the model"
              + " takes them.")
  Path tensor;

  @Option(
      names = "--out",
      paramLabel = "FILE.npy",
      description = "The file to write the logits of the tensor to, N x classes float32.")
  Path out;

  @Option(
      names = "--layer",
      paramLabel = "PATH",
      description =
          "Write the output of this layer or block of the network instead of the logits, such as 0 or"
              + " 3.4; 'nin summary' lists them.")
  LayerPath layer;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  /** Whether there is a tensor. */
  boolean present() {
    return tensor != null;
  }

  /**
   * Checks that the options belong together.
   *
   * @param images whether there are images
   * @throws UsageException when they do not
   */
  void check(boolean images) {
    ParseResult parsed = spec.commandLine().getParseResult();
    if (present()) {
      if (images) {
        throw new UsageException("name either images or a " + TENSOR + ", not both");
      }
      for (String option : List.of("--top", "--format")) {
        if (parsed.hasMatchedOption(option)) {
          throw new UsageException(option + " is for images; leave it out with " + TENSOR);
        }
      }
      if (out == null) {
        throw new UsageException(TENSOR + " needs --out, the file to write the result to");
      }
      requireOwn(out);
      return;
    }
    for (String option : List.of("--out", "--layer")) {
      if (parsed.hasMatchedOption(option)) {
        throw new UsageException(option + " needs " + TENSOR + ", the array to run the model on");
      }
    }
    if (!images) {
      throw new UsageException(
          "name at least one image (IMAGE|DIR|-), or an array of images with " + TENSOR);
    }
  }

  /** Refuses a file that is more likely a slip than meant to be replaced: a model, or the array. */
  private void requireOwn(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      throw new UsageException(
          "--out: '" + file + "' must end in .npy, as it will hold a NumPy array");
    }
    if (file.toAbsolutePath().normalize().equals(tensor.toAbsolutePath().normalize())) {
      throw new UsageException(
          "--out: " + file + " is the " + TENSOR + " itself; choose another file");
    }
  }

  /** Runs the model, and says what was written. */
  void run(Model model, Engine engine, Precision precision, int threads) throws IOException {
    List<Long> dims =
        new TensorPrediction(model, engine, precision, threads).run(tensor, layer, out);
    spec.commandLine().getOut().println("written: " + out + " (" + TensorInfo.text(dims) + ")");
    spec.commandLine().getOut().flush();
  }
}
