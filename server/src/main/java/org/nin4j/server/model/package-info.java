/**
 * The models of a server and the work that waits for them. Nothing here knows of HTTP: {@link
 * org.nin4j.server.model.ModelRepository} holds the models by name, and each has a line of tasks
 * that the {@code InferenceThreads} work off.
 */
package org.nin4j.server.model;
