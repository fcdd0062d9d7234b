/**
 * The library timed beside what else a Java program would use: PyTorch through DJL, PyTorch through
 * JavaCPP, ONNX Runtime. Each contender is a process of its own, they take turns, and what they
 * compute is compared before it is timed. Nothing here is part of the product.
 */
package org.nin4j.bench;
