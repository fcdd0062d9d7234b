/**
 * A server for models: {@link org.nin4j.server.NinServer} starts one, {@link
 * org.nin4j.server.InferenceHandler} is its part that a program with a Jetty server of its own
 * mounts there, and {@link org.nin4j.server.limits.ServerLimits} says what it refuses.
 */
package org.nin4j.server;
