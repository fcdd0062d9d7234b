/**
 * Models made smaller and faster after their training: weights and activations in 8-bit integers.
 * What an engine needs for it is {@link org.nin4j.engine.Quantization}; here it is found.
 */
package org.nin4j.quantize;
