/**
 * Training and evaluation: the trainer, recipes, optimizers, learning rate schedules, initializers,
 * metrics, checkpoints, and the events that listeners receive. This package uses engines only
 * through the interfaces of {@code org.nin4j.engine}.
 */
package org.nin4j.train;
