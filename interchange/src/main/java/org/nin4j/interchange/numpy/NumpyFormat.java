package org.nin4j.interchange.numpy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ZipFileReader;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.FileErrors;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.Model;
import org.nin4j.io.ModelExporter;
import org.nin4j.io.ModelImporter;
import org.nin4j.io.ModelTensors;

/**
 * NumPy's archives of arrays ({@code .npz}): a tensor for each array, under its name. What is
 * written here holds one array more, {@code __metadata__}, with the texts that make it a whole
 * model. A single array ({@code .npy}) is described, but makes no model.
 */
public final class NumpyFormat implements ModelImporter, ModelExporter {
  private static final String ARCHIVE = ".npz";

  /** Creates the format, for {@link java.util.ServiceLoader}. */
  public NumpyFormat() {}

  @Override
  public String format() {
    return "NumPy";
  }

  @Override
  public List<String> extensions() {
    return List.of(ARCHIVE);
  }

  @Override
  public boolean recognizes(byte[] start) {
    return isArray(start)
        || ZipFileReader.firstName(start).filter(name -> name.endsWith(NpzFile.ARRAY)).isPresent();
  }

  private static boolean isArray(byte[] start) {
    byte[] magic = NpyHeader.MAGIC;
    return start.length >= magic.length
        && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
  }

  private static boolean isArray(Path file) throws IOException {
    return isArray(FileErrors.start(file, NpyHeader.MAGIC.length));
  }

  @Override
  public ImportedModel read(Path file, ImportOptions options) throws IOException {
    if (isArray(file)) {
      throw new InvalidFileException(
          file,
          "is a single array, and a model has several; save them in one file with np.savez",
          null);
    }
    try (NpzFile npz = NpzFile.open(file)) {
      return ImportedModel.of(npz, options);
    }
  }

  @Override
  public FileDescription describe(Path file) throws IOException {
    if (isArray(file)) {
      try (NpyReader array = NpyReader.open(file)) {
        return array.description(format());
      }
    }
    try (NpzFile npz = NpzFile.open(file)) {
      return new FileDescription(
          format(),
          Map.of("compression", npz.compressed() ? "deflate" : "none"),
          npz.metadata(),
          List.copyOf(npz.tensors().values()),
          List.of());
    }
  }

  @Override
  public void write(Path target, Model model) throws IOException {
    ModelTensors content = ModelTensors.of(model);
    AtomicFile.write(target, out -> NpzWriter.write(out, content.metadata(), content.tensors()));
  }
}
