/**
 * How a network learns: the trainer, optimizers, learning-rate schedules, initialisers, loss and
 * metrics, recipes, checkpoints, and the listeners that watch. Sees engines only through the
 * interfaces of {@code org.nin4j.engine}.
 */
package org.nin4j.train;
