package org.nin4j.train;

import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;

/**
 * What makes two trainings the same one: with equal setups and engines they compute the same bits,
 * on any number of threads.
 *
 * @param network what is trained
 * @param recipe how it is trained
 * @param seed of the first weights, the order of images, augmentation and Dropout
 * @param precision of the arithmetic
 * @param data where the images came from, as the user wrote it: a name or a folder
 * @param fingerprint of the images and labels themselves
 */
public record TrainingSetup(
    Network network,
    Recipe recipe,
    long seed,
    Precision precision,
    String data,
    String fingerprint) {}
