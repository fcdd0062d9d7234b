/**
 * NumPy's arrays: {@code .npz} archives of tensors as models, and {@code .npy} files, which {@link
 * org.nin4j.interchange.numpy.NpyArray} reads and writes whole, and {@link
 * org.nin4j.interchange.numpy.NpyReader} and {@link org.nin4j.interchange.numpy.NpyWriter} in
 * pieces.
 *
 * <p>Python objects in a file are refused, never read.
 */
package org.nin4j.interchange.numpy;
