package org.nin4j.train;

/**
 * How an epoch went.
 *
 * @param epoch its number, from 1
 * @param trainLoss mean over the epoch's images, as they were seen while learning
 * @param trainAccuracy part of them that was classified right, 0 to 1
 * @param testLoss mean over the test images after the epoch
 * @param testAccuracy part of the test images that was classified right, 0 to 1
 * @param imagesPerSecond training images, the preparation of data included and the test left out
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy,
    double imagesPerSecond) {}
