package org.nin4j.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** A data set of 8x8 images and a network for it, small enough to train in less than a second. */
final class TinyData {
  static final int TEST_IMAGES = 20;

  private TinyData() {}

  /** Writes a folder of IDX files with two classes, which differ in the row that is bright. */
  static Path folder(Path folder, int trainingImages) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(trainingImages));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(trainingImages));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(TEST_IMAGES));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(TEST_IMAGES));
    Files.writeString(folder.resolve("classes.txt"), "upper\nlower, or below\n");
    return folder;
  }

  static byte[] images(int count) {
    Random random = new Random(count);
    ByteBuffer idx = ByteBuffer.allocate(16 + 64 * count);
    idx.putInt(0x803).putInt(count).putInt(8).putInt(8);
    for (int i = 0; i < 64 * count; i++) {
      boolean bright = i % 64 / 8 == (i / 64 % 2 == 0 ? 1 : 6);
      idx.put((byte) (random.nextInt(60) + (bright ? 180 : 0)));
    }
    return idx.array();
  }

  static byte[] labels(int count) {
    ByteBuffer idx = ByteBuffer.allocate(8 + count);
    idx.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      idx.put((byte) (i % 2));
    }
    return idx.array();
  }

  static Path network(Path file) throws IOException {
    Network network =
        new Network(
            "tiny",
            Shape.of(1, 1, 8, 8),
            new Sequential(
                List.of(
                    new Conv2d(1, 4, 3, 1, 1),
                    new ReLU(),
                    new Conv2d(4, 2, 6, 1, 0),
                    new AdaptiveAvgPool2d(1),
                    new Flatten())));
    return Files.writeString(file, NetworkJson.write(network));
  }
}
