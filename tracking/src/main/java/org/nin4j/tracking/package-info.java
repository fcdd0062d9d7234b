/**
 * Keeps trainings on disk: {@link org.nin4j.tracking.RunFolder} listens to a training and leaves a
 * folder with what was run, how it went, the checkpoints to resume it from, and the model. Nothing
 * here computes.
 */
package org.nin4j.tracking;
