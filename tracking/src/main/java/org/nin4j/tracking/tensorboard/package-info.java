/**
 * Event files for TensorBoard, which a training writes as it goes. {@link
 * org.nin4j.tracking.tensorboard.TensorBoardWriter} is the entry point. Nothing here reads event
 * files.
 */
package org.nin4j.tracking.tensorboard;
