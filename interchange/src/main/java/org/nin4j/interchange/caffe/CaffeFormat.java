package org.nin4j.interchange.caffe;

import java.nio.file.Path;
import java.util.List;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.ModelImporter;

/** Caffe files. */
public final class CaffeFormat implements ModelImporter {
  /** Creates the format, for {@link java.util.ServiceLoader}. */
  public CaffeFormat() {}

  @Override
  public String format() {
    return "Caffe";
  }

  @Override
  public List<String> extensions() {
    return List.of(".caffemodel", ".prototxt");
  }

  @Override
  public boolean takesDefinition() {
    return true;
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
