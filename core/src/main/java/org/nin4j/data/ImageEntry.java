package org.nin4j.data;

import java.nio.file.Path;

/**
 * An image file in the folder of its class.
 *
 * @param file where it is
 * @param name its path below the folder of classes, with slashes
 * @param label index of its class
 * @param bytes the file's length
 * @param modified when it was written last, in milliseconds since 1970
 */
record ImageEntry(Path file, String name, int label, long bytes, long modified) {}
