package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.nin4j.internal.AtomicFile;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.Model;
import org.nin4j.io.ModelExporter;
import org.nin4j.io.ModelImporter;

/** ONNX files. */
public final class OnnxFormat implements ModelImporter, ModelExporter {
  private static final String EXTENSION = ".onnx";

  /** Field 1, a number. */
  private static final byte IR_VERSION = 0x08;

  /**
   * The first byte of the fields 2 to 8 and 14, of which one follows: producer_name,
   * producer_version, domain, model_version, doc_string, graph, opset_import and metadata_props.
   */
  private static final Set<Integer> SECOND_FIELDS =
      Set.of(0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72);

  /**
   * Creates the format, for {@link java.util.ServiceLoader}. It fails where the classes of ONNX's
   * messages are missing, or protobuf, so that the other formats are found without this one.
   */
  public OnnxFormat() {
    Objects.requireNonNull(OnnxMl.ModelProto.class);
  }

  @Override
  public String format() {
    return "ONNX";
  }

  @Override
  public List<String> extensions() {
    return List.of(EXTENSION);
  }

  @Override
  public void write(Path target, Model model) throws IOException {
    OnnxExporter exporter = OnnxExporter.of(model);
    AtomicFile.write(target, exporter::writeTo);
  }

  /**
   * ONNX has no magic number. A model begins with the version of its format and goes on with
   * another field of a model.
   */
  @Override
  public boolean recognizes(byte[] start) {
    return start.length > 2
        && start[0] == IR_VERSION
        && start[1] > 0
        && SECOND_FIELDS.contains((int) start[2]);
  }

  @Override
  public ImportedModel read(Path file, ImportOptions options) throws IOException {
    return OnnxImporter.read(file, options);
  }

  @Override
  public FileDescription describe(Path file) throws IOException {
    return OnnxDescription.of(file);
  }
}
