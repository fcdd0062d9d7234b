package org.nin4j.train;

/**
 * The progress of a training after a step.
 *
 * @param epoch number of the current epoch, from 1
 * @param epochs number of epochs of the whole training
 * @param batch number of batches trained on in the current epoch, from 1
 * @param batches number of batches in an epoch
 * @param loss mean training loss of the current epoch so far
 * @param accuracy training accuracy of the current epoch so far, 0 to 1
 * @param imagesPerSecond training images per second in the current epoch so far
 * @param secondsLeft estimated number of seconds to the end of the last epoch, at this rate and
 *     without the tests
 */
public record Progress(
    int epoch,
    int epochs,
    int batch,
    int batches,
    double loss,
    double accuracy,
    double imagesPerSecond,
    double secondsLeft) {}
