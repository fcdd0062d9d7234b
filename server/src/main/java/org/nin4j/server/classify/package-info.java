/**
 * The plain way to classify images: their files as the body of a request, and their classes as
 * JSON. Images are decoded within limits of pixels and memory.
 */
package org.nin4j.server.classify;
