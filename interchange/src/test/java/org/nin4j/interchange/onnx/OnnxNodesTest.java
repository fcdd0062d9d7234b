package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

class OnnxNodesTest {
  private static final String FLATTEN = "1 Flatten(0) -> logits {axis=1}";

  @Test
  void everyLayerButDropoutHasANodeOfItsPath() {
    assertEquals(
        List.of(
            "0.0 Conv(images, 0.0.weight, 0.0.bias) -> 0.0"
                + " {kernel_shape=[3, 3], strides=[1, 2], pads=[1, 0, 1, 0]}",
            "0.1 BatchNormalization(0.0, 0.1.weight, 0.1.bias, 0.1.running_mean, 0.1.running_var)"
                + " -> 0.1 {epsilon=1.0E-5, momentum=0.9}",
            "0.2 Relu(0.1) -> 0.2 {}",
            "2 MaxPool(0.2) -> 2"
                + " {kernel_shape=[2, 2], strides=[2, 2], pads=[0, 0, 0, 0], ceil_mode=0}",
            "3 GlobalAveragePool(2) -> 3 {}",
            "4 Flatten(3) -> 4 {axis=1}",
            "5 Gemm(4, 5.weight, 5.bias) -> logits {transB=1}"),
        nodes(
            8,
            new Sequential(
                new Conv2d(1, 2, Size2d.of(3), new Size2d(1, 2), new Size2d(1, 0), true),
                new BatchNorm2d(2),
                new ReLU()),
            new Dropout(0.5f),
            new MaxPool2d(2, 2),
            new AdaptiveAvgPool2d(1),
            new Flatten(),
            new Linear(2, 3),
            new Dropout(0.5f)));
  }

  @Test
  void aQuantizedLayerHasBothOperandsDequantizedAndItsBiasAsItIs() {
    List<NodeProto> nodes =
        OnnxNodes.of(network(1, new Flatten(), new Linear(1, 2)), path -> path.equals("1"));
    assertEquals(
        List.of(
            "0 Flatten(images) -> 0 {axis=1}",
            "1.input_quantized QuantizeLinear(0, 1.input_scale, 1.input_zero_point)"
                + " -> 1.input_quantized {}",
            "1.input_dequantized DequantizeLinear(1.input_quantized, 1.input_scale,"
                + " 1.input_zero_point) -> 1.input_dequantized {}",
            "1.weight_zero_point Constant() -> 1.weight_zero_point {value=[2]}",
            "1.weight_dequantized DequantizeLinear(1.weight, 1.weight_scale, 1.weight_zero_point)"
                + " -> 1.weight_dequantized {axis=0}",
            "1 Gemm(1.input_dequantized, 1.weight_dequantized, 1.bias) -> logits {transB=1}"),
        nodes.stream().map(OnnxNodesTest::text).toList());
  }

  @Test
  void ceilModeStaysWhereOnnxHasTheSameWindows() {
    assertEquals(
        List.of(
            "0 MaxPool(images) -> 0"
                + " {kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 0, 0], ceil_mode=1}",
            FLATTEN),
        nodes(32, new MaxPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(0), true), new Flatten()));
  }

  /** Of 5 pixels: windows from -1 and 2 on; ONNX would add one from 5 on, in the padding. */
  @Test
  void aWindowThatPyTorchDropsIsLeftOutByThePadding() {
    assertEquals(
        List.of(
            "0 MaxPool(images) -> 0"
                + " {kernel_shape=[2, 2], strides=[3, 3], pads=[1, 1, 0, 0], ceil_mode=0}",
            FLATTEN),
        nodes(5, new MaxPool2d(Size2d.of(2), Size2d.of(3), Size2d.of(1), true), new Flatten()));
  }

  @Test
  void paddingThatCountsIsCountedByTheOperator() {
    assertEquals(
        List.of(
            "0 AveragePool(images) -> 0 {kernel_shape=[3, 3], strides=[1, 1],"
                + " pads=[1, 1, 1, 1], ceil_mode=0, count_include_pad=1}",
            FLATTEN),
        nodes(
            4,
            new AvgPool2d(Size2d.of(3), Size2d.of(1), Size2d.of(1), false, true),
            new Flatten()));
  }

  /** Of 4 pixels: windows from -1 and 2 on; the second reaches one pixel beyond the padding. */
  @Test
  void paddingThatCountsInAWindowBeyondItIsAddedBefore() {
    assertEquals(
        List.of(
            "0.pads Constant() -> 0.pads {value=[8] 0 0 1 1 0 0 1 1}",
            "0.padded Pad(images, 0.pads) -> 0.padded {}",
            "0 AveragePool(0.padded) -> 0"
                + " {kernel_shape=[4, 4], strides=[3, 3], pads=[0, 0, 1, 1], ceil_mode=0}",
            FLATTEN),
        nodes(
            4, new AvgPool2d(Size2d.of(4), Size2d.of(3), Size2d.of(1), true, true), new Flatten()));
  }

  @Test
  void adaptiveWindowsOfOneSizeAreAnAveragePool() {
    assertEquals(
        List.of(
            "0 AveragePool(images) -> 0"
                + " {kernel_shape=[2, 4], strides=[2, 1], pads=[0, 0, 0, 0], ceil_mode=0}",
            FLATTEN),
        nodes(4, new AdaptiveAvgPool2d(new Size2d(2, 1)), new Flatten()));
  }

  @Test
  void adaptiveWindowsOfSeveralSizesAreRefused() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> nodes(5, new AdaptiveAvgPool2d(3), new Flatten()));
    assertTrue(refusal.getMessage().startsWith("layer 0 AdaptiveAvgPool2d"), refusal.getMessage());
  }

  private static List<String> nodes(int side, Layer... layers) {
    return OnnxNodes.of(network(side, layers), path -> false).stream()
        .map(OnnxNodesTest::text)
        .toList();
  }

  private static Network network(int side, Layer... layers) {
    return new Network("test", Shape.of(1, 1, side, side), new Sequential(layers));
  }

  /** {@code 0 Conv(images, 0.weight) -> 0 {pads=[0, 0, 0, 0]}}. */
  private static String text(NodeProto node) {
    return node.getName()
        + " "
        + node.getOpType()
        + "("
        + String.join(", ", node.getInputList())
        + ") -> "
        + String.join(", ", node.getOutputList())
        + node.getAttributeList().stream()
            .map(OnnxNodesTest::text)
            .collect(Collectors.joining(", ", " {", "}"));
  }

  private static String text(AttributeProto attribute) {
    return attribute.getName()
        + "="
        + switch (attribute.getType()) {
          case INT -> Long.toString(attribute.getI());
          case FLOAT -> Float.toString(attribute.getF());
          case INTS -> attribute.getIntsList().toString();
          case TENSOR ->
              attribute.getT().getDimsList()
                  + attribute.getT().getInt64DataList().stream()
                      .map(each -> " " + each)
                      .collect(Collectors.joining());
          default -> throw new AssertionError(attribute);
        };
  }
}
