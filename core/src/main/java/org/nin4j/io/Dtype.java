package org.nin4j.io;

/**
 * The types of tensor elements in files, under the names of the safetensors specification. Every
 * format that is read here uses some of them.
 */
public enum Dtype {
  /** True or false, a byte each. */
  BOOL(8),
  /** 4-bit floats. */
  F4(4),
  /** 6-bit floats with 2 bits of exponent. */
  F6_E2M3(6),
  /** 6-bit floats with 3 bits of exponent. */
  F6_E3M2(6),
  /** Unsigned bytes. */
  U8(8),
  /** Signed bytes. */
  I8(8),
  /** 8-bit floats with 5 bits of exponent. */
  F8_E5M2(8),
  /** 8-bit floats with 4 bits of exponent. */
  F8_E4M3(8),
  /** Powers of two: 8 bits of exponent and nothing else. */
  F8_E8M0(8),
  /** 8-bit floats with 4 bits of exponent, without infinities and minus zero. */
  F8_E4M3FNUZ(8),
  /** 8-bit floats with 5 bits of exponent, without infinities and minus zero. */
  F8_E5M2FNUZ(8),
  /** Signed 16-bit integers. */
  I16(16),
  /** Unsigned 16-bit integers. */
  U16(16),
  /** IEEE's half precision. */
  F16(16),
  /** The upper 16 bits of single precision. */
  BF16(16),
  /** Signed 32-bit integers. */
  I32(32),
  /** Unsigned 32-bit integers. */
  U32(32),
  /** IEEE's single precision. */
  F32(32),
  /** Complex numbers of two 32-bit floats. */
  C64(64),
  /** IEEE's double precision. */
  F64(64),
  /** Signed 64-bit integers. */
  I64(64),
  /** Unsigned 64-bit integers. */
  U64(64);

  private final int bits;

  Dtype(int bits) {
    this.bits = bits;
  }

  /** {@return the number of bits of one element; elements of fewer than 8 are packed} */
  public int bits() {
    return bits;
  }

  /** {@return whether the elements can be read as 32-bit floats; F64 loses digits} */
  public boolean readsAsFloat() {
    return switch (this) {
      case F32, F16, BF16, F64, I8, U8 -> true;
      default -> false;
    };
  }
}
