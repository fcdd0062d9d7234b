/** ONNX models, read and written. */
package org.nin4j.interchange.onnx;
