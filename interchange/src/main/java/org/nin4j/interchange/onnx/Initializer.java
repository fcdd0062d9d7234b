package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.List;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;
import org.nin4j.io.NamedTensor;

/** A tensor of the file, written piece by piece: no second copy of its values is made. */
final class Initializer {
  private final NamedTensor tensor;
  private final TensorProto head; // all but the values
  private final long bytes;

  /**
   * @param isScalar whether its only value is written without extents
   */
  Initializer(NamedTensor tensor, boolean isScalar) {
    this.tensor = tensor;
    head =
        TensorProto.newBuilder()
            .addAllDims(isScalar ? List.of() : tensor.dims())
            .setDataType(type(tensor.dtype()).getNumber())
            .setName(tensor.name())
            .build();
    bytes = tensor.dtype().bits() / 8L * tensor.values().length;
  }

  private static DataType type(Dtype dtype) {
    return switch (dtype) {
      case F32 -> DataType.FLOAT;
      case I8 -> DataType.INT8;
      case U8 -> DataType.UINT8;
      default -> throw new IllegalArgumentException("a model has no tensors of type " + dtype);
    };
  }

  /** The size of the message. */
  long size() {
    return head.getSerializedSize()
        + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
        + CodedOutputStream.computeUInt64SizeNoTag(bytes)
        + bytes;
  }

  /** Writes the message. */
  void writeTo(CodedOutputStream out) throws IOException {
    head.writeTo(out);
    out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt64NoTag(bytes);
    float[] values = tensor.values();
    Floats.write(out::writeRawBytes, tensor.dtype(), values, 0, values.length);
  }
}
