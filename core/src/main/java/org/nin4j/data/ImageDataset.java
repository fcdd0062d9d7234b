package org.nin4j.data;

import java.util.List;
import java.util.Optional;

/**
 * Labelled images in a fixed order. Each image may have a size of its own; all have the same number
 * of channels.
 *
 * <p>Any number of threads may read a data set at the same time, and an image has the same pixels
 * and the same label whenever it is read.
 */
public interface ImageDataset {
  /** {@return what messages call the data set, such as {@code fashion-mnist (train)}} */
  String name();

  /** {@return the number of images} */
  int size();

  /** {@return the number of channels of every image: 1 for grey, 3 for red, green, blue} */
  int channels();

  /** {@return the names of the classes; a label is an index into this list} */
  List<String> classes();

  /**
   * Returns the label of an image.
   *
   * @param index index of the image, 0 to {@link #size()} - 1
   * @return index of its class, 0 to the number of classes - 1
   */
  int label(int index);

  /**
   * Returns an image. The caller must not change its pixels, which the data set may keep.
   *
   * @param index index of the image, 0 to {@link #size()} - 1
   * @return an image with {@link #channels()} channels
   * @throws java.io.UncheckedIOException if the image is read from a file only now and the file
   *     cannot be read or decoded; the cause's message names the file
   */
  DecodedImage image(int index);

  /**
   * Returns some of the images as a data set of its own. Whoever needs images out of order asks for
   * all of them here, so that a data set whose images are on other machines can fetch them at once.
   *
   * @param indices indices of the images, each 0 to {@link #size()} - 1
   * @return a data set with these images, in the order of the indices; a view, unless a data set
   *     overrides this method. One that gives other images than it was made of must not pass it on
   */
  default ImageDataset select(int... indices) {
    return new SubsetDataset(name(), this, indices, leftOut());
  }

  /**
   * Returns the file of an image.
   *
   * @param index index of the image, 0 to {@link #size()} - 1
   * @return the path of the image file, relative to the folder of the data set and with slashes,
   *     such as {@code test/cat/7.png}; empty if images have no files of their own, or unless a
   *     data set overrides this method
   */
  default Optional<String> file(int index) {
    return Optional.empty();
  }

  /**
   * {@return the size of every image, if all are known to have the same size without reading each
   * image} Empty unless a data set overrides this method.
   */
  default Optional<ImageSize> commonSize() {
    return Optional.empty();
  }

  /**
   * Returns whether images are decoded from image files each time they are asked for. A training
   * then keeps them in memory as far as that suffices, and resizes them with antialiasing, because
   * photographs are much larger than the input of a network.
   *
   * @return true for images from image files; false unless a data set says otherwise
   */
  default boolean isDecodedOnDemand() {
    return false;
  }

  /**
   * {@return a digest of all images and labels in their order, if it is known without decoding the
   * images; equal digests mean identical images} Empty unless a data set overrides this method.
   */
  default Optional<String> contentDigest() {
    return Optional.empty();
  }

  /**
   * {@return the files that were found with the images but are not part of the data set} {@link
   * FilesLeftOut#NONE} unless a data set overrides this method.
   */
  default FilesLeftOut leftOut() {
    return FilesLeftOut.NONE;
  }
}
