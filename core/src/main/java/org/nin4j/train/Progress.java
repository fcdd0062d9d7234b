package org.nin4j.train;

/**
 * How far a training is, after a step.
 *
 * @param epoch number of the epoch under way, from 1
 * @param epochs of the whole training
 * @param batch steps done in this epoch
 * @param batches steps of an epoch
 * @param loss mean over the epoch so far
 * @param accuracy of the epoch so far, 0 to 1
 * @param imagesPerSecond of the epoch so far
 * @param secondsLeft until the last epoch ends, at this rate
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
