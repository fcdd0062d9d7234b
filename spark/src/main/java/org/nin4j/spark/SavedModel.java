package org.nin4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.nin4j.io.Model;
import org.nin4j.io.Models;

/** A model and the safetensors file of it, which goes to executors and into folders as it is. */
final class SavedModel implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FILE = "model.safetensors";

  private final byte[] file;
  private transient Model model; // read again where it is asked for after serialization

  private SavedModel(byte[] file, Model model) {
    this.file = file;
    this.model = model;
  }

  /** Makes the file of a model: the same that {@link Models#write} writes. */
  static SavedModel of(Model model) throws IOException {
    return new SavedModel(bytes(model), model);
  }

  /**
   * Reads the model of a file in any format that {@link Models} reads.
   *
   * @param name names the file in messages
   * @throws IOException when it is not a sound model file
   */
  static SavedModel of(byte[] file, String name) throws IOException {
    return TemporaryFile.use(
        FILE,
        local -> {
          Files.write(local, file);
          try {
            Model model = Models.read(local);
            boolean asItIs = Models.importer(local).format().equals("safetensors");
            return new SavedModel(asItIs ? file : bytes(model), model);
          } catch (IOException e) {
            throw new IOException(e.getMessage().replace(local.toString(), name), e);
          }
        });
  }

  private static byte[] bytes(Model model) throws IOException {
    return TemporaryFile.use(
        FILE,
        local -> {
          Models.write(local, model);
          return Files.readAllBytes(local);
        });
  }

  /** The content of the file, not copied. */
  byte[] file() {
    return file;
  }

  /** Returns the model; the weights are not copied. */
  synchronized Model model() {
    if (model == null) {
      try {
        model = of(file, "the model").model;
      } catch (IOException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
    return model;
  }

  /** Returns the SHA-256 of the file in hexadecimal digits. */
  String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
