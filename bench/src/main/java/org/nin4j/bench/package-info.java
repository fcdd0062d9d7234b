/**
 * Compares the speed of the library with that of PyTorch through DJL, PyTorch through JavaCPP, and
 * ONNX Runtime. Each contender runs in a process of its own; they take turns, and their results are
 * compared before they are timed. Nothing here is part of the product.
 */
package org.nin4j.bench;
