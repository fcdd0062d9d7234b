package org.nin4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/**
 * Models as files of any format. This library reads and writes safetensors; the module {@code
 * nin4j-interchange} adds PyTorch, ONNX, Caffe and NumPy when it is on the class path or module
 * path.
 *
 * <pre>{@code
 * Model model = Models.read(Path.of("model.onnx"));
 * Models.write(Path.of("model.pt"), model);
 * }</pre>
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
   * @throws InvalidFileException when the file is damaged, is of no known format, does not say its
   *     architecture, classes or preprocessing, its parts do not fit each other, or a weight is NaN
   *     or infinite
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
   * @throws InvalidFileException when the file is damaged, is of no known format, its parts do not
   *     fit each other, neither it nor the options say something, or a weight is NaN or infinite
   * @throws IllegalArgumentException when both say something, or the options do not fit the file
   * @throws IOException when the file is missing or cannot be read
   */
  public static Model read(Path file, ImportOptions options) throws IOException {
    try {
      return importer(file).read(file, options).complete(file, options);
    } catch (OutOfMemoryError e) {
      throw new InvalidFileException(
          file,
          "does not fit into Java's memory of "
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MiB; give it more with -Xmx",
          e);
    }
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
    return importer(file).describe(file);
  }

  /**
   * Returns the importer of a file.
   *
   * @param file a regular file
   * @return the first importer that recognizes it
   * @throws InvalidFileException when none does
   * @throws IOException when the file is missing or cannot be read
   */
  static ModelImporter importer(Path file) throws IOException {
    FileErrors.requireRegularFile(file);
    byte[] start;
    try (InputStream in = FileErrors.open(file)) {
      start = in.readNBytes(ModelImporter.START);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    List<String> formats = new ArrayList<>();
    for (ModelImporter importer : importers()) {
      if (importer.recognizes(file, start)) {
        return importer;
      }
      formats.add(importer.format());
    }
    throw new InvalidFileException(
        file, "is not a model file of a known format (" + known(formats) + ")", null);
  }

  /**
   * Returns the exporter of a file.
   *
   * @param target the file, which need not exist
   * @return the exporter of its extension
   * @throws IllegalArgumentException when no format has that extension
   */
  public static ModelExporter exporter(Path target) {
    String name = target.toString().toLowerCase(Locale.ROOT);
    List<String> extensions = new ArrayList<>();
    for (ModelExporter exporter : exporters()) {
      for (String extension : exporter.extensions()) {
        if (name.endsWith(extension)) {
          return exporter;
        }
        extensions.add(extension);
      }
    }
    throw new IllegalArgumentException(
        target + ": its extension names no format; use " + known(extensions));
  }

  /** What there is, and what is missing if the other module is. */
  private static String known(List<String> all) {
    return all.size() == 1 ? all.get(0) + "; " + MORE : String.join(", ", all);
  }

  private static List<ModelImporter> importers() {
    List<ModelImporter> all = new ArrayList<>();
    all.add(new SafeTensorsFormat());
    ServiceLoader.load(ModelImporter.class, Models.class.getClassLoader()).forEach(all::add);
    return all;
  }

  private static List<ModelExporter> exporters() {
    List<ModelExporter> all = new ArrayList<>();
    all.add(new SafeTensorsFormat());
    ServiceLoader.load(ModelExporter.class, Models.class.getClassLoader()).forEach(all::add);
    return all;
  }
}
