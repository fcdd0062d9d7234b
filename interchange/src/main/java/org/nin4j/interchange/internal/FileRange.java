package org.nin4j.interchange.internal;

/**
 * Bytes of a file.
 *
 * @param offset the first byte, from the start of the file
 * @param length the number of bytes, at least 0
 */
public record FileRange(long offset, long length) {}
