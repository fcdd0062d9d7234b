package org.nin4j.bench.result;

/**
 * One line of the tables: a network at a size and a batch.
 *
 * @param network name of a preset
 * @param size height and width of the images, in pixels
 * @param batch images of a step
 */
public record Task(String network, int size, Work work, int batch) {}
