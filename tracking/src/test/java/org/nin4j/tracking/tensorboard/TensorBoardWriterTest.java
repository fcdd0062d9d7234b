package org.nin4j.tracking.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Parameter;
import org.nin4j.tracking.picture.TrainingImage;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingResult;
import org.nin4j.train.TrainingSetup;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary.Image;
import org.tensorflow.util.Event;

class TensorBoardWriterTest {
  private static final Recipe TWO_EPOCHS = TinyTask.recipe().with(r -> r.epochs(2));

  @TempDir Path folder;
  private final List<TrainingEvent> published = new ArrayList<>();

  private static DatasetSplits withValidation() {
    DatasetSplits data = TinyTask.data();
    return new DatasetSplits(data.train(), data.test(), data.test());
  }

  private TrainingResult train(DatasetSplits data, TensorBoardWriter writer) throws IOException {
    return new Trainer(Engines.reference(), TinyTask.network(), data, TWO_EPOCHS)
        .listen(published::add)
        .listen(writer)
        .train();
  }

  private Curves train() throws IOException {
    train(TinyTask.data(), new TensorBoardWriter(folder, TinyTask.data().train()));
    return Curves.inFolder(folder);
  }

  private <E extends TrainingEvent> List<E> published(Class<E> type) {
    return published.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private <E extends TrainingEvent> List<Float> published(
      Class<E> type, ToDoubleFunction<E> number) {
    return published(type).stream().map(event -> (float) number.applyAsDouble(event)).toList();
  }

  private static List<Long> stepsTo(long last) {
    List<Long> steps = new ArrayList<>();
    for (long step = 1; step <= last; step++) {
      steps.add(step);
    }
    return steps;
  }

  @Test
  void aFileStartsWithItsVersionAndWithTheStartOfASession() throws IOException {
    train();
    List<Event> events = TfRecords.inFolder(folder);
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    assertEquals(0, events.get(1).getStep());
    assertEquals("START", events.get(1).getSessionLog().getStatus().name());
    double now = System.currentTimeMillis() / 1e3;
    assertTrue(events.stream().allMatch(event -> Math.abs(now - event.getWallTime()) < 60));
  }

  @Test
  void everyStepIsAPointOfEachCurve() throws IOException {
    Curves curves = train();
    List<Long> steps = stepsTo(2 * TinyTask.BATCHES);
    for (String tag :
        List.of("train/loss", "train/gradient_norm", "train/images_per_second", "learning_rate")) {
      assertEquals(steps, curves.steps(tag), tag);
    }
    assertEquals(published(StepDone.class, StepDone::loss), curves.scalars("train/loss"));
    assertEquals(
        published(StepDone.class, StepDone::gradientNorm), curves.scalars("train/gradient_norm"));
    assertEquals(
        published(StepDone.class, step -> step.progress().imagesPerSecond()),
        curves.scalars("train/images_per_second"));
    assertEquals(
        published(StepDone.class, StepDone::learningRate), curves.scalars("learning_rate"));
  }

  @Test
  void everyEpochIsAPointAtItsLastStep() throws IOException {
    train(withValidation(), new TensorBoardWriter(folder));
    Curves curves = Curves.inFolder(folder);
    assertEquals(List.of(7L, 14L), curves.steps("epoch"));
    assertEquals(List.of(1f, 2f), curves.scalars("epoch"));
    for (Map.Entry<String, ToDoubleFunction<EpochMetrics>> curve :
        Map.<String, ToDoubleFunction<EpochMetrics>>of(
                "train/epoch_loss", metrics -> metrics.train().loss(),
                "train/epoch_accuracy", metrics -> metrics.train().accuracy(),
                "val/loss", metrics -> metrics.validation().orElseThrow().loss(),
                "val/accuracy", metrics -> metrics.validation().orElseThrow().accuracy())
            .entrySet()) {
      assertEquals(
          published(EpochDone.class, epoch -> curve.getValue().applyAsDouble(epoch.metrics())),
          curves.scalars(curve.getKey()),
          curve.getKey());
    }
    EpochMetrics last = published(EpochDone.class).get(1).metrics();
    assertEquals(List.of(14L), curves.steps("test/loss"));
    assertEquals(List.of((float) last.test().orElseThrow().loss()), curves.scalars("test/loss"));
    assertEquals(
        List.of((float) last.test().orElseThrow().accuracy()), curves.scalars("test/accuracy"));
  }

  @Test
  void everyEpochHasAHistogramOfEachParameter() throws IOException {
    Curves curves = train();
    List<EpochDone> epochs = published(EpochDone.class);
    List<String> expected = new ArrayList<>();
    for (Parameter parameter : TinyTask.network().parameters()) {
      if (parameter.trainable()) {
        String tag = "weights/" + parameter.name();
        expected.add(tag);
        List<Curves.Point> points = curves.points(tag);
        assertEquals(2, points.size(), tag);
        Weights last = epochs.get(1).model().weights();
        assertHistogram(last.values(parameter.name()), points.get(1).value().getHisto(), tag);
      }
    }
    assertEquals(expected, curves.tags("weights/"));
  }

  /** Counts by the limits in the file. */
  private static void assertHistogram(float[] values, HistogramProto histogram, String tag) {
    double sum = 0;
    double squares = 0;
    float min = values[0];
    float max = values[0];
    int[] counts = new int[histogram.getBucketLimitCount()];
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      int bucket = 0;
      while (bucket < counts.length - 1 && value >= histogram.getBucketLimit(bucket)) {
        bucket++;
      }
      counts[bucket]++;
    }
    assertEquals(values.length, histogram.getNum(), tag);
    assertEquals(sum, histogram.getSum(), 1e-9, tag);
    assertEquals(squares, histogram.getSumSquares(), 1e-9, tag);
    assertEquals(min, histogram.getMin(), tag);
    assertEquals(max, histogram.getMax(), tag);
    assertEquals(max, histogram.getBucketLimit(counts.length - 1), tag);
    for (int i = 0; i < counts.length; i++) {
      assertEquals(counts[i], histogram.getBucket(i), tag + ", bucket " + i);
    }
  }

  @Test
  void anImageOfEachClassIsTheOneThatTheNetworkSaw() throws IOException {
    Curves curves = train();
    assertEquals(
        List.of("images/horizontal", "images/vertical", "images/none"), curves.tags("images/"));
    ImageDataset train = TinyTask.data().train();
    TrainingSetup setup = published(Started.class).get(0).setup();
    List<TrainingImage> seen =
        TrainingImage.first(train, Preprocessing.unit(1, 8, 8), setup, train.size());
    for (int label = 0; label < 3; label++) {
      Image image = curves.only("images/" + train.classes().get(label)).getImage();
      BufferedImage picture = ImageIO.read(image.getEncodedImageString().newInput());
      assertEquals(8, image.getHeight());
      assertEquals(8, image.getWidth());
      assertEquals(8, picture.getHeight());
      assertEquals(8, picture.getWidth());
      int wanted = label;
      DecodedImage expected =
          seen.stream().filter(each -> each.label() == wanted).findFirst().orElseThrow().image();
      for (int p = 0; p < 64; p++) {
        assertEquals(expected.pixels()[p] & 0xFF, picture.getRGB(p % 8, p / 8) & 0xFF);
      }
    }
  }

  @Test
  void withoutADataSetThereAreNoImages() throws IOException {
    train(TinyTask.data(), new TensorBoardWriter(folder));
    assertEquals(List.of(), Curves.inFolder(folder).tags("images/"));
  }

  @Test
  void theRecipeIsATextThatCanBeReadAgain() throws IOException {
    var value = train().only("recipe");
    assertEquals("text", value.getMetadata().getPluginData().getPluginName());
    assertEquals(DataType.DT_STRING, value.getTensor().getDtype());
    assertEquals(0, value.getTensor().getTensorShape().getDimCount());
    String text = value.getTensor().getStringVal(0).toStringUtf8();
    assertTrue(text.lines().allMatch(line -> line.startsWith("    ")), text);
    assertEquals(TWO_EPOCHS, RecipeJson.read(text, "text"));
  }

  @Test
  void theHyperparametersAreThoseOfTheSetup() throws IOException {
    Curves curves = train();
    var data = curves.only("_hparams_/session_start_info").getMetadata().getPluginData();
    assertEquals("hparams", data.getPluginName());
    UnknownFieldSet plugin = UnknownFieldSet.parseFrom(data.getContent());
    // SessionStartInfo begins like a Struct: field 1 is a map from names to Values.
    Struct start = Struct.parseFrom(plugin.getField(3).getLengthDelimitedList().get(0));
    Map<String, Value> values = start.getFieldsMap();
    assertEquals("tiny", values.get("net").getStringValue());
    assertEquals("1", values.get("seed").getStringValue());
    assertEquals("AdamW", values.get("optimizer").getStringValue());
    assertEquals(0.02, values.get("learning_rate").getNumberValue());
    assertEquals("Cosine", values.get("schedule").getStringValue());
    assertEquals(2, values.get("epochs").getNumberValue());
    assertEquals(8, values.get("batch_size").getNumberValue());
    assertEquals(0.01, values.get("weight_decay").getNumberValue());
    var end = curves.only("_hparams_/session_end_info").getMetadata().getPluginData();
    UnknownFieldSet status =
        UnknownFieldSet.parseFrom(
            UnknownFieldSet.parseFrom(end.getContent())
                .getField(4)
                .getLengthDelimitedList()
                .get(0));
    assertEquals(List.of(1L), status.getField(1).getVarintList());
  }

  @Test
  void afterEachEpochTheFileHoldsAllOfIt() throws IOException {
    List<List<Long>> onDisk = new ArrayList<>();
    TinyTask.trainer(TWO_EPOCHS)
        .listen(new TensorBoardWriter(folder))
        .listen(
            event -> {
              if (event instanceof EpochDone) {
                onDisk.add(Curves.inFolder(folder).steps("train/loss"));
                assertTrue(Curves.inFolder(folder).steps("epoch").contains(7L));
              }
            })
        .train();
    assertEquals(List.of(stepsTo(7), stepsTo(14)), onDisk);
  }

  /** The clock stands still, but jumps by ten seconds at the fourth step of an epoch. */
  @Test
  void inALongEpochTheFileIsNeverMoreThanTenSecondsBehind() throws IOException {
    AtomicLong clock = new AtomicLong();
    TensorBoardWriter writer = new TensorBoardWriter(folder, Optional.empty(), clock::get);
    List<Integer> onDisk = new ArrayList<>();
    TinyTask.trainer(TWO_EPOCHS)
        .listen(
            event -> {
              if (event instanceof StepDone step && step.progress().batch() == 4) {
                clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
              }
            })
        .listen(writer)
        .listen(
            event -> {
              if (event instanceof StepDone) {
                onDisk.add(Curves.inFolder(folder).steps("train/loss").size());
              }
            })
        .train();
    assertEquals(List.of(0, 0, 0, 4, 4, 4, 4, 7, 7, 7, 11, 11, 11, 11), onDisk);
  }

  @Test
  void theTrainingIsTheSameAndGoesOnWhenTheFileCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    TrainingResult expected = TinyTask.trainer(TWO_EPOCHS).train();
    TrainingResult result = train(TinyTask.data(), new TensorBoardWriter(file));
    assertTrue(sameBits(expected.model().weights(), result.model().weights()));
    List<Warning> warnings = published(Warning.class);
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).message().contains("(" + file + ": "), warnings.toString());
  }

  @Test
  void aTrainingThatIsFollowedHasTheSameBits() throws IOException {
    TrainingResult expected = TinyTask.trainer(TWO_EPOCHS).train();
    ImageDataset images = TinyTask.data().train();
    TrainingResult result = train(TinyTask.data(), new TensorBoardWriter(folder, images));
    assertTrue(sameBits(expected.model().weights(), result.model().weights()));
  }
}
