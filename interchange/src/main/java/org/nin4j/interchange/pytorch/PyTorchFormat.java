package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.interchange.internal.ZipFileReader;
import org.nin4j.internal.AtomicFile;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.Model;
import org.nin4j.io.ModelExporter;
import org.nin4j.io.ModelImporter;

/**
 * PyTorch's files: a state_dict, or a checkpoint that holds one, as {@code torch.save} writes them
 * since version 1.6. Nothing in them is executed.
 */
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
  public boolean recognizes(byte[] start) {
    return LegacyFile.starts(start)
        || ZipFileReader.firstName(start)
            .filter(name -> name.endsWith("/" + TorchArchive.PICKLE))
            .isPresent();
  }

  @Override
  public ImportedModel read(Path file, ImportOptions options) throws IOException {
    try (TorchSource source = TorchSource.open(file)) {
      return ImportedModel.of(source, options);
    }
  }

  @Override
  public FileDescription describe(Path file) throws IOException {
    try (TorchSource source = TorchSource.open(file)) {
      Map<String, String> properties = new LinkedHashMap<>();
      TorchArchive archive = source.archive();
      properties.put("format version", Integer.toString(archive.formatVersion()));
      properties.put("byte order", archive.order() == ByteOrder.LITTLE_ENDIAN ? "little" : "big");
      StateDict stateDict = source.stateDict();
      stateDict.key().ifPresent(key -> properties.put("state_dict", "under '" + key + "'"));
      if (!stateDict.besides().isEmpty()) {
        properties.put("also holds", stateDict.besidesText());
      }
      return new FileDescription(
          format(),
          properties,
          source.metadata(),
          List.copyOf(source.tensors().values()),
          List.of());
    }
  }

  @Override
  public void write(Path target, Model model) throws IOException {
    TorchWriter writer;
    try {
      writer = new TorchWriter(model);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(target + ": " + e.getMessage(), e);
    }
    AtomicFile.write(target, writer::writeTo);
  }
}
