/**
 * Whether a primitive of oneDNN computes what it should. A {@link PrimitiveCheck} says what one
 * primitive must compute, gives it small integers whose sums are exact in every precision, and
 * compares all that comes out with plain sums. {@link VerifiedPrimitives} remembers what was found.
 * Nothing here is native, and nothing here knows the plans that are checked.
 *
 * <p>Sums are compared by checksums (Freivalds, "Probabilistic machines can use less running time",
 * 1977): sum_i r(i) y(i) with random odd r(i), modulo 2^64. A convolution is linear in its input
 * and in its weights, so the checksum of its output over images and channels is the convolution of
 * the input's checksum over images with the weights' over channels. That costs little more than
 * reading the tensors once, and no wrong value gets past it but with a chance of about 2^-60.
 */
package org.nin4j.engine.onednn.verify;
