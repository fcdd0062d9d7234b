/**
 * The library verified against PyTorch and ONNX Runtime, which run in this JVM. Tests only: nothing
 * of the product depends on it.
 */
package org.nin4j.conformance;
