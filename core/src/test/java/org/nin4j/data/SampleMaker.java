package org.nin4j.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Draws the embedded sample from the files of Fashion-MNIST. Run its main with the folder of the
 * four files and the folder to write to; the same input gives the same sample.
 */
final class SampleMaker {
  private static final int TRAIN_PER_CLASS = 1000;
  private static final int TEST_PER_CLASS = 200;
  private static final long SEED = 20170825;

  private SampleMaker() {}

  public static void main(String[] args) throws IOException {
    Path source = Path.of(args[0]);
    Path target = Path.of(args[1]);
    DatasetSplits splits = IdxFolder.open(source, "fashion-mnist", Catalogue.FASHION_CLASSES);
    Random random = new Random(SEED);
    List<Integer> train = draw(splits.train(), TRAIN_PER_CLASS, random);
    List<Integer> test = draw(splits.testOrValidation(), TEST_PER_CLASS, random);
    Files.createDirectories(target);
    write(splits.train(), train, target, IdxFolder.TRAIN_IMAGES, IdxFolder.TRAIN_LABELS);
    write(splits.testOrValidation(), test, target, IdxFolder.TEST_IMAGES, IdxFolder.TEST_LABELS);
  }

  /** As many of each class, in random order. */
  private static List<Integer> draw(ImageDataset dataset, int perClass, Random random) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      all.add(i);
    }
    Collections.shuffle(all, random);
    int[] drawn = new int[dataset.classes().size()];
    return all.stream().filter(index -> drawn[dataset.label(index)]++ < perClass).toList();
  }

  private static void write(
      ImageDataset dataset, List<Integer> chosen, Path target, String images, String labels)
      throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    pixels.writeBytes(
        header(3, chosen.size(), dataset.image(0).height(), dataset.image(0).width()));
    numbers.writeBytes(header(1, chosen.size()));
    for (int index : chosen) {
      pixels.writeBytes(dataset.image(index).pixels());
      numbers.write(dataset.label(index));
    }
    compress(pixels.toByteArray(), target.resolve(images + ".gz"));
    compress(numbers.toByteArray(), target.resolve(labels + ".gz"));
  }

  private static byte[] header(int... countAndSizes) {
    int dimensions = countAndSizes[0];
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * dimensions).putInt(0x0800 | dimensions);
    for (int i = 1; i <= dimensions; i++) {
      header.putInt(countAndSizes[i]);
    }
    return header.array();
  }

  private static void compress(byte[] bytes, Path file) throws IOException {
    try (OutputStream out = new SmallGzip(Files.newOutputStream(file))) {
      out.write(bytes);
    }
  }

  private static final class SmallGzip extends GZIPOutputStream {
    SmallGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
      def.setStrategy(Deflater.FILTERED);
    }
  }
}
