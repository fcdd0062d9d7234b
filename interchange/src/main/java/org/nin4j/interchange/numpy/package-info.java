/** NumPy's arrays: {@code .npz} archives of tensors, and {@code .npy} files. */
package org.nin4j.interchange.numpy;
