package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.error.IncompleteFileException;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.Network;

/**
 * Models as files of any format. This library reads and writes safetensors; the module {@code
 * nin4j-interchange} adds PyTorch, ONNX, Caffe and NumPy when it is on the class path or module
 * path.
 *
 * <pre>{@code
 * Model model = Models.read(Path.of("model.onnx"));
 * Models.write(Path.of("model.pt"), model);
 * }</pre>
 *
 * <p>A file is read by the format that its content shows, whatever its extension; the extension
 * decides only where the content does not. Other formats are services ({@link ModelImporter},
 * {@link ModelExporter}) that {@link java.util.ServiceLoader} finds with the class loader of this
 * library, or in the layer of its module: they have to be where the library is, on the same class
 * path or module path, in the same web application. The class loader of the calling thread does not
 * matter. A format that cannot be loaded is left out with a warning in the log.
 */
public final class Models {
  private static final String MORE = "PyTorch, ONNX, Caffe and NumPy files need nin4j-interchange";

  private Models() {}

  /**
   * Reads a model from a file that says all of it: one that this library has written, in any
   * format.
   *
   * @param file a regular file
   * @return the model
   * @throws IncompleteFileException when the file does not say its architecture, classes or
   *     preprocessing
   * @throws InvalidFileException when the file is damaged, is of no known format, its parts do not
   *     fit each other, or a weight is NaN or infinite
   * @throws IOException when the file is missing or cannot be read
   */
  public static Model read(Path file) throws IOException {
    return read(file, ImportOptions.none());
  }

  /**
   * Reads a model from a file and options that say what the file does not.
   *
   * @param file a regular file
   * @param options the architecture, classes and preprocessing, as far as the file has none
   * @return the model
   * @throws IncompleteFileException when neither the file nor the options say the architecture, the
   *     classes or the preprocessing
   * @throws InvalidFileException when the file is damaged, is of no known format, its parts do not
   *     fit each other, or a weight is NaN or infinite
   * @throws IllegalArgumentException when both say something, or the options do not fit the file
   * @throws IOException when the file is missing or cannot be read
   */
  public static Model read(Path file, ImportOptions options) throws IOException {
    return ModelImporters.present().read(file, options);
  }

  /**
   * Reads a model file as far as its architecture, and checks that its weights fit. Its classes and
   * preprocessing need not be known.
   *
   * @param file a regular file
   * @param options the architecture, if the file does not say it
   * @return the architecture
   * @throws InvalidFileException when the file is damaged, is of no known format, its parts do not
   *     fit each other, or neither it nor the options say the architecture
   * @throws IllegalArgumentException when both say something, or the options do not fit the file
   * @throws IOException when the file is missing or cannot be read
   */
  public static Network network(Path file, ImportOptions options) throws IOException {
    return ModelImporters.present().network(file, options);
  }

  /**
   * Writes a model to a file, or replaces the file in one step: after a crash or an error it holds
   * the old content or the new, never a part. Equal models give equal bytes.
   *
   * @param target the file, whose extension says the format; its folder must exist
   * @param model what to write
   * @throws IllegalArgumentException when no format has that extension, or the format cannot hold
   *     the model
   * @throws IOException when the file cannot be written: one sentence that starts with the path
   */
  public static void write(Path target, Model model) throws IOException {
    exporter(target).write(target, model);
  }

  /**
   * Describes a model file without reading its weights.
   *
   * @param file a regular file
   * @return what the file says of itself
   * @throws InvalidFileException when the file is damaged or of no known format
   * @throws IOException when the file is missing or cannot be read
   */
  public static FileDescription describe(Path file) throws IOException {
    return ModelImporters.present().describe(file);
  }

  /**
   * Returns the importer of a file.
   *
   * @param file a regular file
   * @return the importer that recognizes its content or, if none does, its extension
   * @throws InvalidFileException when there is none
   * @throws IOException when the file is missing or cannot be read
   */
  public static ModelImporter importer(Path file) throws IOException {
    return ModelImporters.present().of(file);
  }

  /**
   * Returns the exporter of a file.
   *
   * @param target the file, which need not exist
   * @return the exporter of its extension
   * @throws IllegalArgumentException when no format has that extension
   */
  public static ModelExporter exporter(Path target) {
    return ModelExporters.present().of(target);
  }

  /** {@return the extensions that {@link #write} knows, such as {@code .safetensors}} */
  public static List<String> writableExtensions() {
    return ModelExporters.present().extensions();
  }

  /** Enumerates all that there is, and says what is missing if the other module is. */
  static String known(List<String> all) {
    return all.size() == 1 ? all.get(0) + "; " + MORE : String.join(", ", all);
  }
}
