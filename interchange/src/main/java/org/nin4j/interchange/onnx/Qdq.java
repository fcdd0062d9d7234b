package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.onnx.GraphValue.Constant;

/**
 * The nodes that quantize and dequantize around the layers of a model that this library has
 * written: of the input with one scale, of the weights with one for each output.
 */
final class Qdq {
  private final boolean isOwn;
  private final GraphValues values;
  private String scale; // of the current value, if it is quantized
  private String zeroPoint;
  private boolean isDequantized;

  /**
   * @param isOwn whether this library has written the file; others quantize in other ways
   */
  Qdq(boolean isOwn, GraphValues values) {
    this.isOwn = isOwn;
    this.values = values;
  }

  /**
   * Notes that the current value is quantized.
   *
   * @return whether that is supported
   */
  boolean quantize(OnnxNode node) throws InvalidFileException {
    if (!isOwn) {
      return false;
    }
    node.requireOnly();
    requireNone(node);
    scale = tensor(node, 1);
    zeroPoint = tensor(node, 2);
    return true;
  }

  /**
   * Notes that the current value is dequantized.
   *
   * @return whether that is supported
   */
  boolean dequantize(OnnxNode node) throws InvalidFileException {
    if (!isOwn) {
      return false;
    }
    node.requireOnly();
    if (scale == null
        || isDequantized
        || !scale.equals(tensor(node, 1))
        || !zeroPoint.equals(tensor(node, 2))) {
      throw node.invalid("does not undo a QuantizeLinear before it");
    }
    isDequantized = true;
    return true;
  }

  /**
   * Dequantizes weights.
   *
   * @return whether that is supported
   */
  boolean weights(OnnxNode node) throws IOException {
    if (!isOwn) {
      return false;
    }
    node.requireOnly("axis");
    node.require("axis", 1, 0);
    Optional<Values> zeros = values.constant(node, 2);
    if (zeros.isPresent()) {
      for (float each : zeros.get().floats()) {
        if (each != 0) {
          throw node.invalid("has a zero point of weights that is not 0, which is not supported");
        }
      }
    }
    Values integers = values.requiredConstant(node, 0, "weights");
    values.set(node, new Constant(new QuantizedWeights(node, integers, tensor(node, 1))));
    return true;
  }

  /** Returns by what a layer's operands were quantized, if they were. */
  Optional<QdqNames> take(OnnxNode node, Values weight) throws InvalidFileException {
    if (scale == null && !(weight instanceof QuantizedWeights)) {
      return Optional.empty();
    }
    if (!isDequantized || !(weight instanceof QuantizedWeights quantized)) {
      throw node.invalid("needs both its input and its weights dequantized, or neither");
    }
    QdqNames names = new QdqNames(scale, zeroPoint, quantized.scale());
    scale = null;
    zeroPoint = null;
    isDequantized = false;
    return Optional.of(names);
  }

  /** Requires that no quantized value is waiting for its layer. */
  void requireNone(OnnxNode node) throws InvalidFileException {
    if (scale != null) {
      throw node.invalid("follows a QuantizeLinear, which is only supported before a Conv or Gemm");
    }
  }

  /** Whether no quantized value is waiting for its layer. */
  boolean isNone() {
    return scale == null;
  }

  private String tensor(OnnxNode node, int input) throws InvalidFileException {
    return values.requiredConstant(node, input, "scale or zero point").name();
  }
}
