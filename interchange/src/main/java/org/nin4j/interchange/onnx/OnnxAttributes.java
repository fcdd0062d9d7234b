package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import org.nin4j.nn.Size2d;

/** The attributes of an operator, by their types. */
final class OnnxAttributes {
  private OnnxAttributes() {}

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  /** Height and width. */
  static AttributeProto size(String name, Size2d size) {
    return integers(name, size.height(), size.width());
  }

  /** Top, left, bottom, right. */
  static AttributeProto pads(Size2d before, Size2d after) {
    return integers("pads", before.height(), before.width(), after.height(), after.width());
  }

  /** The value of a constant: a list of integers. */
  static AttributeProto list(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .addDims(values.length)
            .setDataType(TensorProto.DataType.INT64.getNumber());
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return value(tensor);
  }

  /** The value of a constant: a list of 8-bit zeros. */
  static AttributeProto zeros(int count) {
    return value(
        TensorProto.newBuilder()
            .addDims(count)
            .setDataType(TensorProto.DataType.INT8.getNumber())
            .setRawData(ByteString.copyFrom(new byte[count])));
  }

  private static AttributeProto value(TensorProto.Builder tensor) {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeType.TENSOR)
        .setT(tensor)
        .build();
  }
}
