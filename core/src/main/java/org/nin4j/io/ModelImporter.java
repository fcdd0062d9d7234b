package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the model files of one format. {@link Models} finds importers by {@link
 * java.util.ServiceLoader}. An importer takes nothing on trust: a file, however damaged or hostile,
 * gives a model or an exception of one sentence, in bounded memory and time, and nothing in it is
 * ever executed.
 */
public interface ModelImporter {
  /** Number of bytes from a file's start that {@link #recognizes} gets, if the file is as long. */
  int START = 512;

  /** {@return the name of the format, as in messages: {@code PyTorch}} */
  String format();

  /**
   * {@return the extensions of its files, in lower case, with their dots: {@code .pt}} They decide
   * only about files whose content no format recognizes.
   */
  List<String> extensions();

  /**
   * Says whether a file is of this format, by its content alone.
   *
   * @param start the file's first bytes, {@link #START} of them or the whole file
   * @return whether this importer should read the file; false also where the bytes do not tell
   */
  boolean recognizes(byte[] start);

  /**
   * {@return whether the architecture is in a second file, as Caffe's is} Where it is not, options
   * that have an {@link ImportOptions#definition} or {@link ImportOptions#redFirst} are refused.
   */
  default boolean takesDefinition() {
    return false;
  }

  /**
   * Reads a model.
   *
   * @param file a regular file that this importer recognizes
   * @param options what the file does not say
   * @return what the file and the options say of the model
   * @throws org.nin4j.error.InvalidFileException when the file is damaged, or holds what is not
   *     supported; the message names it, and where it is
   * @throws IllegalArgumentException when the options do not fit the file
   * @throws IOException when the file is missing or cannot be read
   */
  ImportedModel read(Path file, ImportOptions options) throws IOException;

  /**
   * Describes a file without reading its weights.
   *
   * @param file a regular file that this importer recognizes
   * @return what the file says of itself
   * @throws org.nin4j.error.InvalidFileException when the file is damaged
   * @throws IOException when the file is missing or cannot be read
   */
  FileDescription describe(Path file) throws IOException;
}
