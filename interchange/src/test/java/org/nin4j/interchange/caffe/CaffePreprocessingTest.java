package org.nin4j.interchange.caffe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.CenterCrop;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.Resize;
import org.nin4j.data.SubtractMean;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.caffe.CaffeBytes.Array;
import org.nin4j.interchange.caffe.CaffeBytes.Form;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Models;

class CaffePreprocessingTest {
  private static final float STD = 1 / 255f;

  @TempDir Path folder;

  private Path training(String transform) throws IOException {
    return new SmallNet(folder)
        .write(SmallNet.layers(new CaffeText("small", true).data(transform)).toString());
  }

  private void assertRefused(String complaint, Path file, ImportOptions options) {
    assertEquals(
        complaint,
        assertThrows(InvalidFileException.class, () -> Models.read(file, options)).getMessage());
  }

  private static List<Float> three(float value) {
    return List.of(value, value, value);
  }

  @Test
  void aMeanImageIsCroppedWhereTheImageIs() throws IOException {
    Path file = training("crop_size: 6 mean_file: \"C:\\\\data\\\\mean.binaryproto\"");
    Array mean = Array.random(new Random(2), "mean", 1, 3, 9, 8);
    CaffeBytes.write(folder.resolve("mean.binaryproto"), mean, Form.OLD);
    float[] expected = new float[108];
    for (int i = 0; i < 108; i++) {
      int plane = 2 - i / 36;
      int row = i / 6 % 6 + 2; // (9 - 6) / 2, rounded to the even number
      int column = i % 6 + 1;
      expected[i] = mean.values()[(plane * 9 + row) * 8 + column] / 255;
    }
    assertEquals(
        new Preprocessing(
            3,
            List.of(
                new Resize(9, 8, false),
                new CenterCrop(6, 6),
                new SubtractMean(3, 6, 6, expected),
                new Normalize(three(0), three(STD)))),
        Models.read(file, SmallNet.CLASSES).preprocessing());
  }

  @Test
  void meanValuesAreOfRedGreenAndBlueFromZeroToOne() throws IOException {
    SmallNet net = new SmallNet(folder);
    String memory =
        "top: \"data\" memory_data_param { batch_size: 1 channels: 3 height: 6 width: 6 }"
            + " transform_param { scale: 0.5 mean_value: 51 mean_value: 102 mean_value: 153 }";
    CaffeText text = new CaffeText("small", false).layer("data", "MemoryData", null, memory);
    Path file = net.write(SmallNet.layers(text).toString());
    assertEquals(
        Preprocessing.unit(3, 6, 6)
            .then(new Normalize(List.of(0.6f, 0.4f, 0.2f), three(2 / 255f))),
        Models.read(file, SmallNet.CLASSES).preprocessing());
    text = new CaffeText("small", false);
    text.layer("data", "MemoryData", null, memory.replace("mean_value: 51 mean_value: 102", ""));
    file = net.write(SmallNet.layers(text).toString());
    assertEquals(
        new Normalize(three(0.6f), three(2 / 255f)),
        Models.read(file, SmallNet.CLASSES).preprocessing().steps().get(1));
  }

  @Test
  void whatTheFilesSayIsNotSaidAgain() throws IOException {
    Path file = training("crop_size: 6 mean_file: \"mean\"");
    CaffeBytes.write(
        folder.resolve("mean"), Array.random(new Random(1), "mean", 1, 3, 6, 6), Form.SHAPED);
    assertThrows(IllegalArgumentException.class, () -> Models.read(file, SmallNet.ALL));
  }

  @Test
  void aMissingMeanImageIsNamedUnlessTheOptionsSayTheNormalization() throws IOException {
    Path file = training("crop_size: 6 mean_file: \"/data/imagenet-train-mean\"");
    assertRefused(
        folder.resolve("small.prototxt")
            + ": layer 'data' (Data) subtracts the mean image 'imagenet-train-mean', which is not"
            + " beside the file; put it there, or say with --mean and --std what comes close",
        file,
        SmallNet.CLASSES);
    assertEquals(
        Preprocessing.unit(3, 6, 6).antialiased().then(SmallNet.ALL.normalization().orElseThrow()),
        Models.read(file, SmallNet.ALL).preprocessing());
  }

  @Test
  void aCropFromAnUnknownSizeHasToBeSaid() throws IOException {
    Path file = training("crop_size: 6 mean_value: 51 mean_value: 102 mean_value: 153");
    assertRefused(
        folder.resolve("small.prototxt")
            + ": layer 'data' (Data) crops images to 6x6, but does not say from which size; say it"
            + " with --crop (256 in Caffe's examples), --mean 0.600000,0.400000,0.200000 and --std"
            + " 0.00392157,0.00392157,0.00392157",
        file,
        SmallNet.CLASSES);
    assertEquals(6, Models.read(file, SmallNet.ALL.shorterSide(7)).preprocessing().height());
  }

  @Test
  void croppingAloneSaysNothingOfTheNormalization() throws IOException {
    Path file = training("crop_size: 6");
    assertThrows(InvalidFileException.class, () -> Models.read(file, SmallNet.CLASSES));
    assertEquals(6, Models.read(file, SmallNet.ALL).preprocessing().height());
  }

  @Test
  void theTrainingsDataLayerInTheWeightsSaysWhatADeployDefinitionDoesNot() throws IOException {
    SmallNet net = new SmallNet(folder);
    Path file = training("crop_size: 6 mean_file: \"mean\"");
    CaffeBytes.write(
        folder.resolve("mean"), Array.random(new Random(1), "mean", 1, 3, 8, 8), Form.SHAPED);
    Preprocessing said = Models.read(file, SmallNet.CLASSES).preprocessing();
    Files.writeString(net.definition(), SmallNet.DEPLOY);
    assertEquals(said, Models.read(file, SmallNet.CLASSES).preprocessing());
  }

  @Test
  void aMeanImageThatIsNoneOrDoesNotFitIsNamed() throws IOException {
    Path file = training("crop_size: 6 mean_file: \"mean\"");
    Path mean = folder.resolve("mean");
    CaffeBytes.write(mean, Array.random(new Random(1), "mean", 2, 3, 6, 6), Form.SHAPED);
    assertRefused(
        mean
            + ": is no mean image of Caffe: its shape is 2x3x6x6, not 1xCxHxW with at most 3145728"
            + " values; take another file",
        file,
        SmallNet.CLASSES);
    CaffeBytes.write(mean, Array.random(new Random(1), "mean", 1, 3, 5, 6), Form.SHAPED);
    assertRefused(
        folder.resolve("small.prototxt")
            + ": layer 'data' (Data) has the mean image mean of 3x5x6, which does not fit the input"
            + " of 3x6x6; take the one of the same training",
        file,
        SmallNet.CLASSES);
    CaffeBytes.write(mean, new Array("", new int[] {1, 3, 6, 6}, new float[107]), Form.OLD);
    assertRefused(
        mean
            + ": is no mean image of Caffe: it has the shape 1x3x6x6, but 107 values; copy it again",
        file,
        SmallNet.CLASSES);
    float[] values = new float[108];
    values[9] = Float.NaN;
    CaffeBytes.write(mean, new Array("", new int[] {1, 3, 6, 6}, values), Form.OLD);
    assertRefused(mean + ": holds NaN as mean 9; take another file", file, SmallNet.CLASSES);
  }

  @Test
  void contradictionsAndImpossibleValuesAreNamed() throws IOException {
    String layer = folder.resolve("small.prototxt") + ": layer 'data' (Data) has ";
    assertRefused(
        layer + "both a mean_file and a mean_value; remove one",
        training("crop_size: 6 mean_file: \"mean\" mean_value: 1"),
        SmallNet.CLASSES);
    assertRefused(
        layer + "the scale 0.0, which must be positive and finite",
        training("crop_size: 6 scale: 0"),
        SmallNet.CLASSES);
    assertRefused(
        layer + "the mean_value NaN, which must be finite",
        training("crop_size: 6 mean_value: nan"),
        SmallNet.CLASSES);
    assertRefused(
        layer + "2 mean_values, but images have 3 channels",
        training("crop_size: 6 mean_value: [1, 2]"),
        SmallNet.CLASSES);
  }
}
