package org.nin4j.interchange.onnx;

/**
 * The tensors by which a layer is quantized.
 *
 * @param inputScale the name of the scale of its input
 * @param inputZeroPoint the name of the zero point of its input
 * @param weightScale the name of the scales of its weights, one for each output
 */
record QdqNames(String inputScale, String inputZeroPoint, String weightScale) {}
