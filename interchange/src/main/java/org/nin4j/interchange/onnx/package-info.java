/**
 * ONNX models, read and written. A file is read as a chain of operators that becomes layers, one by
 * one; what is not such a chain is refused by the name of its node. Values of tensors stay in the
 * file until they are asked for.
 */
package org.nin4j.interchange.onnx;
