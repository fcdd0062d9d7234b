package org.nin4j.train;

/**
 * The metrics of one epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param trainLoss mean loss of the training images, each measured in the step that used it, with
 *     augmentation, Dropout and label smoothing
 * @param trainAccuracy fraction of the training images that were classified correctly in these
 *     steps, 0 to 1
 * @param testLoss mean cross-entropy of the test images after the epoch
 * @param testAccuracy fraction of the test images that were classified correctly after the epoch, 0
 *     to 1
 * @param imagesPerSecond training images per second, including the time to prepare them and
 *     excluding the test
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy,
    double imagesPerSecond) {}
