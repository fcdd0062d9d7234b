package org.nin4j.server.classify;

import java.util.Optional;

/**
 * An image file that a client has sent.
 *
 * @param name what the client calls it, of any characters; never used as a path
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record UploadedImage(Optional<String> name, byte[] content) {}
