package org.nin4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;
import org.nin4j.internal.Suggestion;

/**
 * A model and where it comes from, so that it can be found again and recognized.
 *
 * @param name the path of its file, or one of {@link PretrainedModels#names()}; empty for a model
 *     that was not read
 * @param sha256 the SHA-256 of its file, 64 hexadecimal digits
 * @param bytes the size of its file in bytes
 * @param model the model
 */
public record SourceModel(Optional<String> name, String sha256, long bytes, Model model) {
  /**
   * Returns a model that was not read from a file. Its digest and size are those of the file that
   * {@link Models#write} would write as safetensors.
   *
   * @param model a model in memory
   * @return the model, without a name
   */
  public static SourceModel of(Model model) {
    MessageDigest digest = Digest.sha256();
    ModelTensors content = ModelTensors.of(model);
    SafeTensorsWriter writer = new SafeTensorsWriter(content.metadata(), content.tensors());
    try {
      writer.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SourceModel(
        Optional.empty(), HexFormat.of().formatHex(digest.digest()), writer.size(), model);
  }

  /**
   * Reads a model that needs no options.
   *
   * @param name one of {@link PretrainedModels#names()}, or the path of a file
   * @return the model, with that name
   * @throws IllegalArgumentException when the name is neither; the message suggests the most
   *     similar name
   * @throws InvalidFileException when the file is not a sound model file that says all of its model
   * @throws IOException when the file is missing or cannot be read
   */
  public static SourceModel read(String name) throws IOException {
    return read(name, ImportOptions.none());
  }

  /**
   * Reads a model.
   *
   * @param name one of {@link PretrainedModels#names()}, or the path of a file
   * @param options what the file does not say
   * @return the model, with that name
   * @throws IllegalArgumentException when the name is neither, and the message suggests the most
   *     similar name; or when both the file and the options say something
   * @throws InvalidFileException when the file is not a sound model file, or neither it nor the
   *     options say something
   * @throws IOException when the file is missing or cannot be read
   */
  public static SourceModel read(String name, ImportOptions options) throws IOException {
    return read(name, options, PretrainedModels.shipped());
  }

  static SourceModel read(String name, ImportOptions options, PretrainedModels pretrained)
      throws IOException {
    List<String> known = pretrained.all();
    if (known.contains(name)) {
      if (!options.equals(ImportOptions.none())) {
        throw new IllegalArgumentException(
            name
                + ": is a model of this library, which says everything itself; leave out what files"
                + " of other programs need (in Java: use ImportOptions.none())");
      }
      return pretrained.read(name);
    }
    if (!known.isEmpty() && !isFile(name)) {
      throw new IllegalArgumentException(
          Suggestion.unknown("model", name, known) + ", and there is no file of that name");
    }
    return read(Path.of(name), options);
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name)) || ModelImporters.present().isFileName(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Reads a model from a file, as {@link Models#read(Path, ImportOptions)} does.
   *
   * @param file a regular file
   * @param options what the file does not say
   * @return the model, with the path as its name
   * @throws InvalidFileException when the file is not a sound model file, or neither it nor the
   *     options say something
   * @throws IllegalArgumentException when both say something
   * @throws IOException when the file is missing or cannot be read
   */
  public static SourceModel read(Path file, ImportOptions options) throws IOException {
    FileTime before = modified(file);
    Model model = Models.read(file, options);
    MessageDigest digest = Digest.sha256();
    long bytes;
    try (InputStream in = new DigestInputStream(FileErrors.open(file), digest)) {
      bytes = in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    if (!modified(file).equals(before)) { // or the digest might be that of another model
      throw new InvalidFileException(file, "was changed while it was read; try again", null);
    }
    return new SourceModel(
        Optional.of(file.toString()), HexFormat.of().formatHex(digest.digest()), bytes, model);
  }

  private static FileTime modified(Path file) throws IOException {
    FileErrors.requireRegularFile(file);
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /**
   * Reads a model of this library from a stream of a safetensors file.
   *
   * @param file the name, also for messages
   * @param size number of bytes in the stream
   */
  static SourceModel read(Path file, InputStream in, long size) throws IOException {
    MessageDigest digest = Digest.sha256();
    SafeTensors content = SafeTensorsReader.read(file, new DigestInputStream(in, digest), size);
    return new SourceModel(
        Optional.of(file.toString()),
        HexFormat.of().formatHex(digest.digest()),
        size,
        ImportedModel.of(ModelFile.model(content.source(file)))
            .complete(file, ImportOptions.none()));
  }
}
