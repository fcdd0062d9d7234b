package org.nin4j.train;

/**
 * How many images of one class a data set has.
 *
 * @param name the name of the class
 * @param train number of training images
 * @param validation number of validation images, 0 if the data set has none
 * @param test number of test images, 0 if the data set has none
 */
public record ClassCounts(String name, int train, int validation, int test) {}
