package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.AtomicFile;

/**
 * The content of a safetensors file: named tensors, and metadata from string to string. Follows the
 * specification at <a href="https://github.com/huggingface/safetensors#format">its repository</a>.
 *
 * <p>What is written here carries a SHA-256 of the whole file in its metadata, so that reading
 * recognises damage; files without one are read as they are.
 */
public final class SafeTensors {
  private final Map<String, String> metadata;
  private final List<TensorInfo> all;
  private final List<NamedTensor> tensors;

  /**
   * @param all what the file says of each tensor
   * @param tensors those that were read, in the same order
   */
  SafeTensors(Map<String, String> metadata, List<TensorInfo> all, List<NamedTensor> tensors) {
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    this.all = List.copyOf(all);
    this.tensors = List.copyOf(tensors);
  }

  /**
   * {@return the metadata in the order of the file, without the digest that {@link #write} adds}
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * {@return the tensors in the order of their data, without those whose elements do not read as
   * floats}
   */
  public List<NamedTensor> tensors() {
    return tensors;
  }

  /**
   * Returns this content as a source of tensors.
   *
   * @param file the file that it was read from, for messages
   */
  TensorSource source(Path file) {
    return new ReadTensors(file, metadata, all, tensors);
  }

  /**
   * Writes a file, integers as I8 or U8 and all else as F32, or replaces it in one step: after a
   * crash or an error it holds the old content or the new, never a part. Equal content gives equal
   * bytes.
   *
   * @param target the file; its folder must exist
   * @param metadata written in the map's order
   * @param tensors written in this order
   * @throws IllegalArgumentException when two tensors have one name, or a name is reserved or not
   *     Unicode text
   * @throws IOException when the file cannot be written: one sentence that starts with the path
   */
  public static void write(Path target, Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    SafeTensorsWriter writer = new SafeTensorsWriter(metadata, tensors);
    AtomicFile.write(target, writer::writeTo);
  }

  /**
   * Reads a file and checks all that the specification asks for. F16, BF16, F64, I8 and U8 become
   * 32-bit floats; tensors of other types are left out.
   *
   * @param file a regular file
   * @return the content of the file
   * @throws InvalidFileException when the file breaks the specification, or was damaged after it
   *     was written; with the offset where there is one
   * @throws IOException when the file is missing or cannot be read
   */
  public static SafeTensors read(Path file) throws IOException {
    return SafeTensorsReader.read(file);
  }
}
