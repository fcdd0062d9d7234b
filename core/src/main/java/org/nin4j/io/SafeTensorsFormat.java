package org.nin4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Safetensors files, ours and those of others. */
final class SafeTensorsFormat implements ModelImporter, ModelExporter {
  private static final String EXTENSION = ".safetensors";

  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public List<String> extensions() {
    return List.of(EXTENSION);
  }

  @Override
  public boolean recognizes(byte[] start) {
    if (start.length <= Header.LENGTH_BYTES || start[Header.LENGTH_BYTES] != '{') {
      return false;
    }
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length > 0 && length <= Header.LONGEST;
  }

  @Override
  public ImportedModel read(Path file, ImportOptions options) throws IOException {
    try (TensorSource source = SafeTensors.read(file).source(file)) {
      return ImportedModel.of(source, options);
    }
  }

  @Override
  public FileDescription describe(Path file) throws IOException {
    Header header = SafeTensorsReader.header(file);
    return new FileDescription(
        format(),
        Map.of(),
        header.metadata(),
        header.tensors().stream().map(TensorRange::info).toList(),
        List.of());
  }

  @Override
  public void write(Path target, Model model) throws IOException {
    ModelTensors content = ModelTensors.of(model);
    SafeTensors.write(target, content.metadata(), content.tensors());
  }
}
