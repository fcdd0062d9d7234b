package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;
import org.nin4j.io.NamedTensor;

/** A tensor of the file, written piece by piece: no second copy of its values is made. */
final class Initializer {
  private static final int CHUNK = 1 << 16;

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
    int size = tensor.dtype().bits() / 8;
    float[] values = tensor.values();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK / size) {
      int count = Math.min(CHUNK / size, values.length - from);
      Floats.encode(tensor.dtype(), values, from, count, chunk);
      out.writeRawBytes(chunk.array(), 0, size * count);
    }
  }
}
