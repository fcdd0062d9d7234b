package org.nin4j.interchange.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
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
  private static final int ZIP_ENTRY = 0x04034b50;
  private static final int ZIP_ENTRY_LENGTH = 30;

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
    return isArray(start) || beginsWithArray(start);
  }

  private static boolean isArray(byte[] start) {
    int length = NpyHeader.MAGIC.length;
    return start.length >= length && Arrays.equals(NpyHeader.MAGIC, Arrays.copyOf(start, length));
  }

  /** Whether it is a zip archive whose first entry is an array. */
  private static boolean beginsWithArray(byte[] start) {
    ByteBuffer entry = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (start.length < ZIP_ENTRY_LENGTH || entry.getInt(0) != ZIP_ENTRY) {
      return false;
    }
    int length = Short.toUnsignedInt(entry.getShort(26));
    return length <= start.length - ZIP_ENTRY_LENGTH
        && new String(start, ZIP_ENTRY_LENGTH, length, StandardCharsets.ISO_8859_1)
            .endsWith(NpzFile.ARRAY);
  }

  private static boolean isArray(Path file) throws IOException {
    FileErrors.requireRegularFile(file);
    try (InputStream in = FileErrors.open(file)) {
      return isArray(in.readNBytes(NpyHeader.MAGIC.length));
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
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
