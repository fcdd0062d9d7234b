package org.nin4j.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.ImageSize;
import scala.Tuple2;

/**
 * Images that are kept by the executors. The driver knows their labels, and reads images in windows
 * of some megabytes: fast for a thread that reads one image after another.
 */
final class ClusterImages implements ImageDataset {
  private static final long WINDOW = 32L << 20;

  private final ClusterJobs jobs;
  private final ImageFacts facts;
  private final String name;
  private final List<String> classes;
  private final int channels;
  private final boolean antialias;
  private final JavaRDD<Tuple2<Integer, byte[]>> packed;
  private int windowBegin;
  private List<byte[]> window = List.of();

  /**
   * @param facts what is known of the images, in their order
   * @param packed the images with their indices, in order
   */
  ClusterImages(
      ClusterJobs jobs,
      ImageFacts facts,
      String name,
      List<String> classes,
      int channels,
      boolean antialias,
      JavaRDD<Tuple2<Integer, byte[]>> packed) {
    this.jobs = jobs;
    this.facts = facts;
    this.name = name;
    this.classes = classes;
    this.channels = channels;
    this.antialias = antialias;
    this.packed = packed;
  }

  JavaRDD<Tuple2<Integer, byte[]>> packed() {
    return packed;
  }

  /** About how many bytes an image has. */
  long meanBytes() {
    return facts.bytes() / Math.max(1, facts.size());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return facts.size();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return facts.label(index);
  }

  @Override
  public Optional<ImageSize> commonSize() {
    return facts.commonSize();
  }

  @Override
  public boolean isDecodedOnDemand() {
    return antialias;
  }

  /** For images that are treated as image files; then a sample of them is enough to look at. */
  @Override
  public Optional<String> contentDigest() {
    return antialias ? Optional.of(facts.digest()) : Optional.empty();
  }

  @Override
  public synchronized DecodedImage image(int index) {
    if (index < windowBegin || index >= windowBegin + window.size()) {
      int count = (int) Math.min(size() - index, Math.max(1, WINDOW / Math.max(1, meanBytes())));
      window = List.of(); // so that there is only one in memory
      window = read(IntStream.range(index, index + count).toArray());
      windowBegin = index;
    }
    return PackedImage.image(window.get(index - windowBegin), channels);
  }

  /** Fetches the images by a single job. */
  @Override
  public ImageDataset select(int... indices) {
    int[] rising = IntStream.of(indices).sorted().distinct().toArray();
    List<byte[]> images = read(rising);
    return new LabelledSet(
        name,
        IntStream.of(indices).map(facts::label).toArray(),
        classes,
        channels,
        i -> PackedImage.image(images.get(Arrays.binarySearch(rising, indices[i])), channels));
  }

  /** Reads images, whose indices rise, by a single job. */
  private List<byte[]> read(int[] indices) {
    BitSet chosen = new BitSet();
    IntStream.of(indices).forEach(chosen::set);
    List<byte[]> images = new ArrayList<>(indices.length);
    for (byte[] part :
        jobs.run(
            packed.mapPartitions(new Selection(chosen)),
            facts.partitions(indices),
            "reading images of " + name)) {
      ByteBuffer buffer = ByteBuffer.wrap(part);
      while (buffer.hasRemaining()) {
        byte[] image = new byte[buffer.getInt()];
        buffer.get(image);
        images.add(image);
      }
    }
    return images;
  }

  /**
   * Some of the images of a partition, each after its length.
   *
   * @param indices of the images in the data set
   */
  private record Selection(BitSet indices)
      implements FlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, byte[]> {
    @Override
    public Iterator<byte[]> call(Iterator<Tuple2<Integer, byte[]>> images) {
      List<byte[]> selected = new ArrayList<>();
      int bytes = 0;
      while (images.hasNext()) {
        Tuple2<Integer, byte[]> image = images.next();
        if (indices.get(image._1())) {
          selected.add(image._2());
          bytes = Math.addExact(bytes, Integer.BYTES + image._2().length);
        }
      }
      ByteBuffer all = ByteBuffer.allocate(bytes);
      selected.forEach(image -> all.putInt(image.length).put(image));
      return Collections.singleton(all.array()).iterator();
    }
  }
}
