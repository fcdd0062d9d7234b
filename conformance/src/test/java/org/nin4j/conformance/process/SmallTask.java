package org.nin4j.conformance.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * Images of four kinds and a network with all that has a state in training (BatchNorm2d, Dropout),
 * as files. An epoch has six batches of 16 images and one of 4, and takes a tenth of a second.
 */
final class SmallTask {
  static final int SIDE = 16;
  static final int BATCH = 16;
  static final int BATCHES = 7;
  static final int TRAINING_IMAGES = 100;
  private static final int TEST_IMAGES = 32;
  static final List<String> CLASSES = List.of("north", "middle", "south", "none");

  private SmallTask() {}

  /** A folder of IDX files: a bright band tells the class of an image. */
  static Path data(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder, "train", TRAINING_IMAGES);
    write(folder, "t10k", TEST_IMAGES);
    Files.writeString(folder.resolve("classes.txt"), String.join("\n", CLASSES) + "\n");
    return folder;
  }

  private static void write(Path folder, String split, int count) throws IOException {
    SplittableRandom noise = new SplittableRandom(count);
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    labels.putInt(0x801).putInt(count);
    for (int n = 0; n < count; n++) {
      int label = n % CLASSES.size();
      labels.put((byte) label);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        boolean bright = label < 3 && pixel / SIDE / 4 == label;
        images.put((byte) (noise.nextInt(120) + (bright ? 100 : 0)));
      }
    }
    Files.write(folder.resolve(split + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(split + "-labels-idx1-ubyte"), labels.array());
  }

  static Network network() {
    return new Network(
        "small",
        Shape.of(1, 1, SIDE, SIDE),
        new Sequential(
            new Conv2d(1, 32, 5, 1, 2),
            new BatchNorm2d(32),
            new ReLU(),
            new MaxPool2d(3, 2),
            new Dropout(0.3f),
            new Conv2d(32, 128, 3, 1, 1),
            new ReLU(),
            new Conv2d(128, 64, 3, 1, 1),
            new ReLU(),
            new Conv2d(64, CLASSES.size(), 1),
            new AdaptiveAvgPool2d(1),
            new Flatten()));
  }

  static Path network(Path file) throws IOException {
    return Files.writeString(file, NetworkJson.write(network()));
  }
}
