package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;
import org.nin4j.engine.Precision;
import org.nin4j.explain.Explainer;
import org.nin4j.explain.Explanation;
import org.nin4j.explain.FeatureMaps;
import org.nin4j.internal.FileErrors;
import org.nin4j.internal.Suggestion;
import org.nin4j.io.Model;
import org.nin4j.tracking.picture.Atlas;
import org.nin4j.tracking.picture.Overlay;
import org.nin4j.tracking.picture.Png;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin explain}. */
@Command(
    name = "explain",
    description = {
      "Show where in an image a model finds evidence for a class.",
      "The picture shows the image and, over the image in grey, what speaks for the class (orange)"
          + " and against it (blue)."
    },
    parameterListHeading = "%nImage:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin explain --model nin-small-cifar10 dog.jpg",
      "  nin explain --model nin-small-cifar10 dog.jpg --class cat --out cat.png",
      "  nin explain --model model.safetensors boot.png --layer 0 --format json"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final String PNG = ".png";

  /** That of a file; a new folder of such a name is not what was meant. */
  private static final Pattern EXTENSION = Pattern.compile("[^.]\\.\\p{Alpha}+$");

  @Mixin ModelOption modelOption;

  @Parameters(
      paramLabel = "IMAGE",
      description = "A PNG, JPEG, BMP, GIF, TIFF or WebP file, grey or in colour.")
  Path imageFile;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "The class to explain. Default: the one that the model predicts.")
  String className;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "auto",
      description =
          "class-maps: the network's own map of the class. larger-input: the same from a larger"
              + " image. layer-cam: an earlier layer's maps, weighted with gradients. occlusion: what"
              + " changes when a part of the image is hidden. auto: class-maps if they are fine"
              + " enough. Default: ${DEFAULT-VALUE}.")
  MethodOption method;

  @Option(
      names = "--layer",
      paramLabel = "PATH",
      description =
          "Also draw the feature maps of this layer or block, such as 0 or 3.4; 'nin summary' lists"
              + " them.")
  LayerPath layer;

  @Option(
      names = "--out",
      paramLabel = "DIR|FILE.png",
      defaultValue = ".",
      description = "Where to write the picture. Default: the current folder.")
  Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "Output format: text or json, with all maps as numbers. Default: ${DEFAULT-VALUE}.")
  ExplanationFormat format;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Engines.prepare();
    Model model = modelOption.read();
    DecodedImage image = ImageFiles.read(imageFile, model.preprocessing().channels());
    OptionalInt label = label(model);
    try (Explainer explainer =
        Explainer.of(model, EngineOptions.engine(spec.commandLine()), Precision.FP32)) {
      Path picture = file("");
      Explanation explanation = explain(explainer, image, label);
      List<Path> files = new ArrayList<>();
      if (layer != null) {
        FeatureMaps maps = maps(explainer, image);
        Path file = file("-layer-" + maps.layer());
        Png.write(Atlas.of(maps), file);
        files.add(file);
      }
      Png.write(Overlay.of(image, explanation), picture);
      files.add(0, picture);
      PrintWriter target = spec.commandLine().getOut();
      format.print(target, new ExplainedImage(imageFile, explanation, files));
      target.flush();
      return 0;
    }
  }

  /** Returns the index of the class to explain; empty for the predicted one. */
  private OptionalInt label(Model model) {
    if (className == null) {
      return OptionalInt.empty();
    }
    int label = model.classes().indexOf(className);
    if (label < 0) {
      throw new UsageException(
          "--class: " + Suggestion.unknown("class", className, model.classes()));
    }
    return OptionalInt.of(label);
  }

  private Explanation explain(Explainer explainer, DecodedImage image, OptionalInt label) {
    try {
      if (label.isEmpty()) {
        return method.requested().isPresent()
            ? explainer.explain(image, method.requested().get())
            : explainer.explain(image);
      }
      return method.requested().isPresent()
          ? explainer.explain(image, label.getAsInt(), method.requested().get())
          : explainer.explain(image, label.getAsInt());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--method: " + e.getMessage(), e);
    }
  }

  private FeatureMaps maps(Explainer explainer, DecodedImage image) {
    try {
      return explainer.featureMaps(image, layer.path());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--layer: " + e.getMessage(), e);
    }
  }

  /** Returns the file to write a picture to, whose name says what it shows. */
  private Path file(String what) throws IOException {
    String name = out.getFileName() == null ? "" : out.getFileName().toString();
    if (name.toLowerCase(Locale.ROOT).endsWith(PNG)) {
      return out.resolveSibling(stem(name) + what + name.substring(stem(name).length()));
    }
    if (Files.isRegularFile(out) || (!Files.exists(out) && EXTENSION.matcher(name).find())) {
      throw new UsageException(
          "--out: " + out + " is no PNG file; name a file that ends in .png, or a folder");
    }
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new IOException(
          out
              + ": no folder can be made there ("
              + FileErrors.reason(e)
              + "); choose another with --out",
          e);
    }
    String image = imageFile.getFileName().toString();
    return out.resolve(stem(image) + "-explained" + what + PNG).normalize();
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
