/**
 * Schedules of the learning rate: one sealed family of records, which {@link
 * org.nin4j.train.schedule.WarmUp} composes. A schedule knows steps and losses, but nothing of
 * networks, data or optimizers.
 */
package org.nin4j.train.schedule;
