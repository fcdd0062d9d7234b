package org.nin4j.tracking.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.DelegatingDataset;
import org.nin4j.data.ImageDataset;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;

/** The tiny task with class and file names as strangers might choose them, and its reports. */
final class ReportedTask {
  static final String MARKUP = "<img src=x onerror=document.title='broken'>";
  static final String QUOTES = "\"it's\", </script><!-- <script>";
  static final String RIGHT_TO_LEFT = "\u202eשלום 🦓";
  static final List<String> CLASSES = List.of(MARKUP, QUOTES, RIGHT_TO_LEFT);

  private ReportedTask() {}

  static DatasetSplits data() {
    return new DatasetSplits(
        new Renamed(TinyTask.data().train()), new Renamed(TinyTask.data().testOrValidation()));
  }

  /** Returns a trainer that stores its run in a folder and writes a report there. */
  static Trainer trainer(RunFolder folder, int epochs, long seed) {
    DatasetSplits data = data();
    return new Trainer(
            Engines.reference(),
            TinyTask.network(),
            data,
            TinyTask.recipe().with(recipe -> recipe.epochs(epochs)))
        .seed(seed)
        .threads(1)
        .store(folder)
        .listen(new ReportListener(folder, data, Engines.reference(), 1));
  }

  static RunFolder train(Path path, int epochs, long seed) throws IOException {
    RunFolder folder = RunFolder.create(path);
    trainer(folder, epochs, seed).train();
    return RunFolder.open(path);
  }

  /** The images of another data set, with other names. */
  private static final class Renamed extends DelegatingDataset {
    Renamed(ImageDataset images) {
      super(images);
    }

    @Override
    public List<String> classes() {
      return CLASSES;
    }

    @Override
    public Optional<String> file(int index) {
      return Optional.of("a,\"b\"\n" + MARKUP + "/" + index + ".png");
    }
  }
}
