package org.nin4j.data;

import java.nio.file.Path;

/**
 * An image file in the folder of its class.
 *
 * @param file the path of the file
 * @param name its path relative to the folder of classes, with slashes
 * @param label index of its class
 * @param bytes length of the file
 * @param modified time of its last modification, in milliseconds since 1970
 */
record ImageEntry(Path file, String name, int label, long bytes, long modified) {}
