/**
 * Quantization after training: weights and activations become 8-bit integers, which makes a model
 * smaller and faster. {@link org.nin4j.quantize.Quantizer} finds the {@link
 * org.nin4j.engine.Quantization} with which an engine computes.
 */
package org.nin4j.quantize;
