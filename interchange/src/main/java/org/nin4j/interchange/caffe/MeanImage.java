package org.nin4j.interchange.caffe;

import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nin4j.data.SubtractMean;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ProtobufOutline;

/**
 * The mean of all images of a training, as Caffe's {@code compute_image_mean} writes it: a
 * BlobProto alone in a file.
 *
 * @param values from 0 to 255 in the order (C, H, W), blue first
 */
record MeanImage(Path file, int channels, int height, int width, float[] values) {
  private static final int MOST_VALUES = 3 * 1024 * 1024;
  private static final int IMAGE_DIMS = 4;
  private static final float WHITE = 255;

  /**
   * Finds and reads a mean image.
   *
   * @param path its path on the machine of the training, of which only the name counts
   * @param folders where it may be
   * @return the image, empty where no folder has a file of that name
   * @throws InvalidFileException when the file is damaged or holds no image
   */
  static Optional<MeanImage> find(String path, List<Path> folders) throws IOException {
    for (Path folder : folders) {
      Path file;
      try {
        file = folder.resolve(fileName(path));
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
      if (Files.isRegularFile(file)) {
        return Optional.of(read(file));
      }
    }
    return Optional.empty();
  }

  static String fileName(String path) {
    return path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
  }

  private static MeanImage read(Path file) throws IOException {
    Blob blob;
    try {
      blob =
          Blob.of(
              new CaffeMessage(
                  ProtobufOutline.read(
                      file,
                      DynamicMessage.getDefaultInstance(CaffeSchema.BLOB),
                      Set.of(CaffeSchema.DATA, CaffeSchema.DOUBLE_DATA))));
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(
          file, "is no mean image of Caffe: it " + e.getMessage() + "; copy it again", e);
    }
    List<Long> dims = blob.dims();
    long size = dims.stream().reduce(1L, (a, b) -> a * b);
    if (dims.size() != IMAGE_DIMS || dims.get(0) != 1 || size < 1 || size > MOST_VALUES) {
      throw new InvalidFileException(
          file,
          "is no mean image of Caffe: its shape is "
              + Blob.text(dims)
              + ", not 1xCxHxW with at most "
              + MOST_VALUES
              + " values; take another file",
          null);
    }
    float[] values = new float[(int) size];
    try (BlobReader reader = new BlobReader(file)) {
      reader.read(blob, values);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidFileException(
            file, "holds " + values[i] + " as mean " + i + "; take another file", null);
      }
    }
    return new MeanImage(
        file, dims.get(1).intValue(), dims.get(2).intValue(), dims.get(3).intValue(), values);
  }

  /**
   * Returns the step that subtracts the centre of this image, of which Caffe's crop is the same
   * part: red first, and of pixels from 0 to 1.
   */
  SubtractMean centre(int cropHeight, int cropWidth, ChannelOrder order) {
    float[] means = new float[channels * cropHeight * cropWidth];
    // As CenterCrop does it.
    int top = (int) Math.rint((height - cropHeight) / 2.0);
    int left = (int) Math.rint((width - cropWidth) / 2.0);
    int i = 0;
    for (int c = 0; c < channels; c++) {
      int plane = order.stored(c, channels) * height;
      for (int y = 0; y < cropHeight; y++) {
        for (int x = 0; x < cropWidth; x++) {
          means[i++] = values[(plane + top + y) * width + left + x] / WHITE;
        }
      }
    }
    return new SubtractMean(channels, cropHeight, cropWidth, means);
  }
}
