/**
 * The Open Inference Protocol, version 2, over REST: metadata, health, and inference on tensors.
 */
package org.nin4j.server.protocol;
