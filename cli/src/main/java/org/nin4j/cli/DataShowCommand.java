package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nin4j.data.Augmentation;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.FilesLeftOut;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.PreparedImages;
import org.nin4j.data.Preprocessing;
import org.nin4j.internal.Quoted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin data show}. */
@Command(
    name = "show",
    description = "Show the size and the classes of a data set, and some of its images.",
    parameterListHeading = "%nData set:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin data show",
      "  nin data show fashion-mnist --count 100 --png sheet.png",
      "  nin data show my-photos/",
      "  nin data show my-photos/ --augmented --count 100 --png sheet.png"
    })
final class DataShowCommand implements Callable<Integer> {
  private static final int MAX_LISTED = 10;
  private static final int LONGEST_NAME = 60;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME|DIR",
      arity = "0..1",
      defaultValue = "sample",
      description =
          "sample, a data set listed by 'nin data list', or a folder of images, or of IDX or CIFAR"
              + " files. Default: ${DEFAULT-VALUE}.")
  private String data;

  @Mixin private ImageDataOptions dataOptions;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "6",
      description = "Number of training images to show. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description = "Write the images to a PNG file instead of drawing them in the terminal.")
  private Path png;

  @Option(
      names = "--augmented",
      description =
          "Show the images as a network sees them in the first epoch of a training: augmented and"
              + " resized.")
  private boolean augmented;

  @Option(
      names = RecipeOptions.RECIPE,
      paramLabel = "NAME|FILE",
      defaultValue = "default",
      description =
          "The recipe, as for 'nin train', whose augmentations --augmented applies. Default:"
              + " ${DEFAULT-VALUE}.")
  private RecipeChoice recipe;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "96",
      description =
          "Height and width to which --augmented resizes images. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Override
  public Integer call() throws IOException {
    if (count < 0) {
      throw new ParameterException(
          spec.commandLine(), "--count must be at least 0, but is " + count);
    }
    DatasetSplits splits =
        InspectionProgress.open(new DataSource(data, dataOptions.options()), spec.commandLine());
    PrintWriter out = spec.commandLine().getOut();
    ImageDataset train = splits.train();
    out.printf(
        "%s: %s images, %s, %d classes%n",
        data,
        sizes(splits),
        train
            .commonSize()
            .map(size -> train.channels() + "x" + size)
            .orElse(train.channels() + " channels, various sizes"),
        train.classes().size());
    printLeftOut(out, splits.leftOut());
    out.println();
    printCounts(out, splits);
    int shown = Math.min(count, train.size());
    ImageDataset some = new SpreadImages(augmented ? augmented(train) : train, shown);
    if (png != null) {
      ContactSheet.write(some, shown, png);
      out.printf("%n%d training images are in %s%n", shown, png);
    } else {
      boolean colour = spec.commandLine().getColorScheme().ansi().enabled();
      new BlockArt(out, colour).print(some, shown);
    }
    out.flush();
    return 0;
  }

  private ImageDataset augmented(ImageDataset train) throws IOException {
    try {
      Preprocessing preprocessing = Preprocessing.unit(train.channels(), size, size);
      List<Augmentation> augmentations = recipe.recipe().augmentations();
      return new PreparedImages(train, preprocessing, augmentations, 1, 0);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Returns a text such as "800 training, 100 validation and 100 test". */
  private static String sizes(DatasetSplits splits) {
    List<String> sizes = new ArrayList<>();
    sizes.add(String.format("%,d training", splits.train().size()));
    splits.validation().ifPresent(part -> sizes.add(String.format("%,d validation", part.size())));
    splits.test().ifPresent(part -> sizes.add(String.format("%,d test", part.size())));
    int last = sizes.size() - 1;
    return String.join(", ", sizes.subList(0, last)) + " and " + sizes.get(last);
  }

  private static void printLeftOut(PrintWriter out, FilesLeftOut files) {
    String summary = LeftOut.summary(files);
    if (!summary.isEmpty()) {
      out.println(summary);
    }
    files.damaged().stream().limit(MAX_LISTED).forEach(file -> out.println("  " + file));
    if (files.damaged().size() > MAX_LISTED) {
      out.println("  ...");
    }
  }

  private static void printCounts(PrintWriter out, DatasetSplits splits) {
    Map<String, int[]> columns = new LinkedHashMap<>();
    columns.put("TRAINING", counts(splits.train()));
    splits.validation().ifPresent(part -> columns.put("VALIDATION", counts(part)));
    splits.test().ifPresent(part -> columns.put("TEST", counts(part)));
    List<String> classes =
        splits.train().classes().stream()
            .map(name -> Quoted.printable(name, LONGEST_NAME))
            .toList();
    int width = classes.stream().mapToInt(String::length).max().orElse(0);
    String row = "%5s  %-" + Math.max(width, 5) + "s";
    out.printf(row, "LABEL", "CLASS");
    columns.keySet().forEach(title -> out.printf(" %" + width(title) + "s", title));
    out.println();
    for (int c = 0; c < classes.size(); c++) {
      out.printf(row, c, classes.get(c));
      for (Map.Entry<String, int[]> column : columns.entrySet()) {
        out.printf(" %," + width(column.getKey()) + "d", column.getValue()[c]);
      }
      out.println();
    }
  }

  private static int width(String title) {
    return Math.max(9, title.length());
  }

  private static int[] counts(ImageDataset dataset) {
    int[] counts = new int[dataset.classes().size()];
    for (int i = 0; i < dataset.size(); i++) {
      counts[dataset.label(i)]++;
    }
    return counts;
  }
}
