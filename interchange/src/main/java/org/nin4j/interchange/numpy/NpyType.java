package org.nin4j.interchange.numpy;

import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Dtype;

/**
 * The type of an array's elements.
 *
 * @param dtype the type of a number; empty for Unicode text
 * @param order the order of an element's bytes
 * @param bytes the size of an element, at least 0; text has 4 for each code point
 */
record NpyType(Optional<Dtype> dtype, ByteOrder order, int bytes) {
  private static final Pattern DESCR = Pattern.compile("([<>|])([a-zA-Z])(\\d{0,8})");

  /**
   * Reads a dtype's description.
   *
   * @param descr such as {@code <f4}
   * @throws IllegalArgumentException when no such elements are read here: a sentence without its
   *     subject that says how to save them otherwise
   */
  static NpyType of(String descr) {
    Matcher matcher = DESCR.matcher(descr);
    if (!matcher.matches()) {
      throw unknown(descr);
    }
    String order = matcher.group(1);
    String type = matcher.group(2) + matcher.group(3);
    if (type.startsWith("O")) {
      throw new IllegalArgumentException(
          "holds Python objects (dtype object), which nothing but Python's pickle could read; save"
              + " numbers instead, as with np.save(file, array.astype(np.float32))");
    }
    ByteOrder bytes = order.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    if (type.matches("U\\d+") && !order.equals("|")) {
      return new NpyType(Optional.empty(), bytes, 4 * Integer.parseInt(matcher.group(3)));
    }
    Dtype dtype =
        switch (type) {
          case "f2" -> Dtype.F16;
          case "f4" -> Dtype.F32;
          case "f8" -> Dtype.F64;
          case "i1" -> Dtype.I8;
          case "i2" -> Dtype.I16;
          case "i4" -> Dtype.I32;
          case "i8" -> Dtype.I64;
          case "u1" -> Dtype.U8;
          case "u2" -> Dtype.U16;
          case "u4" -> Dtype.U32;
          case "u8" -> Dtype.U64;
          case "b1" -> Dtype.BOOL;
          default -> throw unknown(descr);
        };
    if (order.equals("|") && dtype.bits() > 8) {
      throw unknown(descr); // does not say which byte comes first
    }
    return new NpyType(Optional.of(dtype), bytes, dtype.bits() / 8);
  }

  /** What the elements of a type are called in a file that is written here. */
  static String descr(Dtype dtype) {
    return switch (dtype) {
      case F32 -> "<f4";
      case I8 -> "|i1";
      case U8 -> "|u1";
      default -> throw new IllegalArgumentException(dtype + " is not written");
    };
  }

  private static IllegalArgumentException unknown(String descr) {
    return new IllegalArgumentException(
        "has elements of dtype "
            + Quoted.text(descr)
            + ", which is not read here; save it as float32, as with np.save(file,"
            + " array.astype(np.float32))");
  }
}
