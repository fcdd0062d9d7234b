package org.nin4j.interchange.numpy;

import java.nio.file.Path;
import java.util.List;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.Model;
import org.nin4j.io.ModelExporter;
import org.nin4j.io.ModelImporter;

/** NumPy files. */
public final class NumpyFormat implements ModelImporter, ModelExporter {
  /** Creates the format, for {@link java.util.ServiceLoader}. */
  public NumpyFormat() {}

  @Override
  public String format() {
    return "NumPy";
  }

  @Override
  public List<String> extensions() {
    return List.of(".npz");
  }

  @Override
  public void write(Path target, Model model) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public boolean recognizes(byte[] start) {
    return false;
  }

  @Override
  public ImportedModel read(Path file, ImportOptions options) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public FileDescription describe(Path file) {
    throw new UnsupportedOperationException("not yet");
  }
}
