/**
 * How a network is stored and exchanged: safetensors and the model file. Knows networks, weights
 * and preprocessing, not how they run or learn.
 */
package org.nin4j.io;
