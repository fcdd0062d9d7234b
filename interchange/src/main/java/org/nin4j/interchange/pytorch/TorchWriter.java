package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.interchange.internal.StoredZipWriter;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Model;
import org.nin4j.io.ModelTensors;
import org.nin4j.nn.Parameter;

/** Lays a model out as {@code torch.save} lays out its state_dict. */
final class TorchWriter {
  private static final String ROOT = "archive/";
  private static final int ALIGNMENT = 64;

  /** What a file of 32-bit offsets can hold, with some room for names. */
  private static final long MOST_BYTES = (1L << 32) - (64 << 20);

  /** What a BatchNorm2d counts besides; no network here uses it. */
  private static final String COUNTER = "num_batches_tracked";

  private static final int MOST_TENSORS = 9_000;

  private final List<WrittenTensor> tensors = new ArrayList<>();

  /** The texts by the names of their records. */
  private final Map<String, byte[]> extra = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException when the format cannot hold the model
   */
  TorchWriter(Model model) {
    if (model.quantization() != null) {
      throw new IllegalArgumentException(
          "a .pt file holds no model of 8-bit integers; write the model before it was quantized, or"
              + " write .onnx or .safetensors");
    }
    ModelTensors content = ModelTensors.of(model);
    List<Parameter> parameters = model.network().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      tensors.add(WrittenTensor.of(content.tensors().get(i)));
      if (parameters.get(i).role() == Parameter.Role.RUNNING_VARIANCE) {
        String layer = parameters.get(i).layer();
        tensors.add(WrittenTensor.counter(layer + "." + COUNTER));
      }
    }
    content.metadata().forEach((key, text) -> extra.put(RecordKey.encode(key), utf8(key, text)));
    if (extra.values().stream().mapToLong(text -> text.length).sum() > TorchArchive.LARGEST_EXTRA) {
      throw new IllegalArgumentException(
          "a .pt file holds at most "
              + TorchArchive.LARGEST_EXTRA
              + " bytes of classes and other texts; write .safetensors instead");
    }
    long bytes = tensors.stream().mapToLong(WrittenTensor::bytes).sum();
    if (bytes > MOST_BYTES || tensors.size() + extra.size() > MOST_TENSORS) {
      throw new IllegalArgumentException(
          "a .pt file is written of at most 4 GiB and "
              + MOST_TENSORS
              + " tensors; write .safetensors instead");
    }
  }

  void writeTo(OutputStream out) throws IOException {
    StoredZipWriter zip = new StoredZipWriter(out, ALIGNMENT);
    write(zip, TorchArchive.PICKLE, StateDictPickler.pickle(tensors));
    write(zip, TorchArchive.BYTE_ORDER, ascii("little"));
    for (int i = 0; i < tensors.size(); i++) {
      zip.write(ROOT + TorchArchive.STORAGES + i, tensors.get(i)::writeTo);
    }
    write(zip, TorchArchive.VERSION, ascii("3\n"));
    for (Map.Entry<String, byte[]> text : extra.entrySet()) {
      write(zip, TorchArchive.EXTRA + text.getKey(), text.getValue());
    }
    zip.finish();
  }

  private static void write(StoredZipWriter zip, String name, byte[] bytes) throws IOException {
    zip.write(ROOT + name, out -> out.write(bytes));
  }

  private static byte[] utf8(String key, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "its text " + Quoted.text(key) + " is not Unicode text; change it");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
