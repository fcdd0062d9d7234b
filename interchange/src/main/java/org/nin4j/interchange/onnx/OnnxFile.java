package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ProtobufOutline;

/**
 * An ONNX file but for the values of its tensors.
 *
 * @param path the file
 * @param model its message, without those fields of tensors that hold values
 */
record OnnxFile(Path path, ModelProto model) {
  private static final Set<FieldDescriptor> VALUES =
      Stream.of(
              TensorProto.RAW_DATA_FIELD_NUMBER,
              TensorProto.FLOAT_DATA_FIELD_NUMBER,
              TensorProto.DOUBLE_DATA_FIELD_NUMBER,
              TensorProto.INT32_DATA_FIELD_NUMBER,
              TensorProto.INT64_DATA_FIELD_NUMBER,
              TensorProto.UINT64_DATA_FIELD_NUMBER)
          .map(TensorProto.getDescriptor()::findFieldByNumber)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Reads a file, without its weights.
   *
   * @throws InvalidFileException when it is damaged or holds no graph
   */
  static OnnxFile read(Path path) throws IOException {
    OnnxFile file =
        new OnnxFile(path, ProtobufOutline.read(path, ModelProto.getDefaultInstance(), VALUES));
    if (!file.model.hasGraph()) {
      throw file.invalid("holds no graph, so it is not an ONNX model, or cut off; export it again");
    }
    return file;
  }

  /** The version of ONNX's own operators; empty where the file has none of them. */
  OptionalLong opset() throws InvalidFileException {
    OptionalLong version = OptionalLong.empty();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (isOnnx(set.getDomain())) {
        if (version.isPresent()) {
          throw invalid("names two versions of ONNX's operator set; export it again");
        }
        version = OptionalLong.of(set.getVersion());
      }
    }
    return version;
  }

  /** Whether a domain is that of ONNX's own operators. */
  static boolean isOnnx(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /** The texts that the file's writer put into it. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      metadata.put(entry.getKey(), entry.getValue());
    }
    return metadata;
  }

  InvalidFileException invalid(String complaint) {
    return new InvalidFileException(path, complaint, null);
  }
}
