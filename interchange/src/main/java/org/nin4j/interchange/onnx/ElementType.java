package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Locale;
import org.nin4j.io.Dtype;

/**
 * A type of tensor elements, by its number in onnx.proto.
 *
 * @param name as ONNX calls it
 * @param dtype null where this library has no name for it
 * @param field the field of a tensor that holds such elements, unless they are raw data
 */
record ElementType(String name, Dtype dtype, int field) {
  static ElementType of(int number) {
    return switch (number) {
      case 1 -> new ElementType("FLOAT", Dtype.F32, TensorProto.FLOAT_DATA_FIELD_NUMBER);
      case 2 -> ofInt32("UINT8", Dtype.U8);
      case 3 -> ofInt32("INT8", Dtype.I8);
      case 4 -> ofInt32("UINT16", Dtype.U16);
      case 5 -> ofInt32("INT16", Dtype.I16);
      case 6 -> ofInt32("INT32", Dtype.I32);
      case 7 -> new ElementType("INT64", Dtype.I64, TensorProto.INT64_DATA_FIELD_NUMBER);
      case 8 -> new ElementType("STRING", null, TensorProto.STRING_DATA_FIELD_NUMBER);
      case 9 -> ofInt32("BOOL", Dtype.BOOL);
      case 10 -> ofInt32("FLOAT16", Dtype.F16);
      case 11 -> new ElementType("DOUBLE", Dtype.F64, TensorProto.DOUBLE_DATA_FIELD_NUMBER);
      case 12 -> new ElementType("UINT32", Dtype.U32, TensorProto.UINT64_DATA_FIELD_NUMBER);
      case 13 -> new ElementType("UINT64", Dtype.U64, TensorProto.UINT64_DATA_FIELD_NUMBER);
      case 14 -> new ElementType("COMPLEX64", Dtype.C64, TensorProto.FLOAT_DATA_FIELD_NUMBER);
      case 15 -> new ElementType("COMPLEX128", null, TensorProto.DOUBLE_DATA_FIELD_NUMBER);
      case 16 -> ofInt32("BFLOAT16", Dtype.BF16);
      case 17 -> ofInt32("FLOAT8E4M3FN", Dtype.F8_E4M3);
      case 18 -> ofInt32("FLOAT8E4M3FNUZ", Dtype.F8_E4M3FNUZ);
      case 19 -> ofInt32("FLOAT8E5M2", Dtype.F8_E5M2);
      case 20 -> ofInt32("FLOAT8E5M2FNUZ", Dtype.F8_E5M2FNUZ);
      case 21 -> ofInt32("UINT4", null);
      case 22 -> ofInt32("INT4", null);
      case 23 -> ofInt32("FLOAT4E2M1", Dtype.F4);
      case 24 -> ofInt32("FLOAT8E8M0", Dtype.F8_E8M0);
      default -> ofInt32(String.format(Locale.ROOT, "of the unknown type %d", number), null);
    };
  }

  private static ElementType ofInt32(String name, Dtype dtype) {
    return new ElementType(name, dtype, TensorProto.INT32_DATA_FIELD_NUMBER);
  }

  /** Whether values of the network may be computed in this type; they are 32-bit floats here. */
  boolean isFloat() {
    return dtype == Dtype.F32 || dtype == Dtype.F16 || dtype == Dtype.BF16 || dtype == Dtype.F64;
  }

  @Override
  public String toString() {
    return name;
  }
}
