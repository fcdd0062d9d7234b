package org.nin4j.interchange.onnx;

import static org.nin4j.interchange.onnx.OnnxAttributes.integer;
import static org.nin4j.interchange.onnx.OnnxAttributes.pads;
import static org.nin4j.interchange.onnx.OnnxAttributes.size;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * The windows of a pooling layer, and how ONNX's operators are told of them.
 *
 * @param ceilMode PyTorch's, where a last window that would start in the padding is dropped
 */
record PoolWindows(PoolAxis rows, PoolAxis columns, boolean ceilMode) {
  static PoolWindows sliding(
      Shape in, Shape out, Size2d kernel, Size2d stride, Size2d padding, boolean ceilMode) {
    return new PoolWindows(
        new PoolAxis(in.height(), out.height(), kernel.height(), stride.height(), padding.height()),
        new PoolAxis(in.width(), out.width(), kernel.width(), stride.width(), padding.width()),
        ceilMode);
  }

  boolean isPadded() {
    return rows.padding() > 0 || columns.padding() > 0;
  }

  /** Whether a window reaches beyond the padding. */
  boolean isBeyondPadding() {
    return ceilMode && (rows.beyondPadding() > 0 || columns.beyondPadding() > 0);
  }

  /**
   * As the layer says it, or, where ONNX's ceil mode would have another number of windows, in floor
   * mode with the padding that is used at the end.
   */
  List<AttributeProto> attributes() {
    return ceilMode && !(rows.agreesInCeilMode() && columns.agreesInCeilMode())
        ? inFloorMode()
        : attributes(before(), before(), ceilMode);
  }

  /** With the padding that is used at the end. */
  List<AttributeProto> inFloorMode() {
    Size2d after = ceilMode ? new Size2d(rows.end(), columns.end()) : before();
    return attributes(before(), after, false);
  }

  /** For an input that is padded already. */
  List<AttributeProto> ofPadded() {
    return attributes(
        Size2d.of(0), new Size2d(rows.beyondPadding(), columns.beyondPadding()), false);
  }

  /** Of an operator that pads: where each of (N, C, H, W) begins, and where it ends. */
  long[] padding() {
    return new long[] {
      0, 0, rows.padding(), columns.padding(), 0, 0, rows.paddingUsed(), columns.paddingUsed()
    };
  }

  private Size2d before() {
    return new Size2d(rows.padding(), columns.padding());
  }

  private List<AttributeProto> attributes(Size2d before, Size2d after, boolean ceil) {
    return List.of(
        size("kernel_shape", new Size2d(rows.kernel(), columns.kernel())),
        size("strides", new Size2d(rows.stride(), columns.stride())),
        pads(before, after),
        integer("ceil_mode", ceil ? 1 : 0));
  }
}
