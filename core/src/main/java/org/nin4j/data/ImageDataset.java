package org.nin4j.data;

import java.util.List;

/** Labelled images of one size, in a fixed order. Safe for reading from several threads. */
public interface ImageDataset {
  /** For messages: {@code fashion-mnist (train)}. */
  String name();

  /** Number of images. */
  int size();

  /** 1 for grey, 3 for red, green, blue. */
  int channels();

  /** Rows. */
  int height();

  /** Columns. */
  int width();

  /** Names of the classes; a label is a place in this list. */
  List<String> classes();

  /** The label of an image. */
  int label(int index);

  /**
   * Copies the pixels of an image.
   *
   * @param target receives (C, H, W) unsigned bytes from its start
   */
  void pixels(int index, byte[] target);
}
