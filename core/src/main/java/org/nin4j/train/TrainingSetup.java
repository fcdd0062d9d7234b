package org.nin4j.train;

import org.nin4j.data.DataSource;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;

/**
 * What identifies a training. Two trainings with equal setups and the same engine compute the same
 * bits, on any number of threads.
 *
 * @param network the network that is trained
 * @param recipe the hyperparameters
 * @param seed the seed of the initial weights, the order of the images, the augmentation and
 *     Dropout
 * @param precision the precision of the arithmetic
 * @param data the source of the images, as the user named it, and how they were opened
 * @param fingerprint the fingerprint of all images and labels
 */
public record TrainingSetup(
    Network network,
    Recipe recipe,
    long seed,
    Precision precision,
    DataSource data,
    String fingerprint) {}
