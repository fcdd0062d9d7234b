package org.nin4j.interchange.pytorch;

import java.nio.file.Path;
import java.util.List;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.Model;
import org.nin4j.io.ModelExporter;
import org.nin4j.io.ModelImporter;

/** PyTorch files. */
public final class PyTorchFormat implements ModelImporter, ModelExporter {
  /** Creates the format, for {@link java.util.ServiceLoader}. */
  public PyTorchFormat() {}

  @Override
  public String format() {
    return "PyTorch";
  }

  @Override
  public List<String> extensions() {
    return List.of(".pt", ".pth");
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
