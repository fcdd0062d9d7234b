package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.internal.AtomicFile;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.Model;
import org.nin4j.io.ModelExporter;
import org.nin4j.io.ModelImporter;

/** ONNX files. */
public final class OnnxFormat implements ModelImporter, ModelExporter {
  /** Creates the format, for {@link java.util.ServiceLoader}. */
  public OnnxFormat() {}

  @Override
  public String format() {
    return "ONNX";
  }

  @Override
  public List<String> extensions() {
    return List.of(".onnx");
  }

  @Override
  public void write(Path target, Model model) throws IOException {
    OnnxExporter exporter = OnnxExporter.of(model);
    AtomicFile.write(target, exporter::writeTo);
  }

  @Override
  public boolean recognizes(Path file, byte[] start) {
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
