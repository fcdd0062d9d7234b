/**
 * Keeps trainings on disk. A {@link org.nin4j.tracking.RunFolder} is a store for a training: it
 * writes a folder with the setup, the metrics, the checkpoints to resume from, and the model. This
 * package does not compute anything.
 */
package org.nin4j.tracking;
