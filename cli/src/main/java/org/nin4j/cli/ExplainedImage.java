package org.nin4j.cli;

import java.nio.file.Path;
import java.util.List;
import org.nin4j.explain.Explanation;

/**
 * What {@code nin explain} found, and where it drew it.
 *
 * @param image the image file
 * @param explanation the explanation of the image
 * @param files the pictures that were written
 */
record ExplainedImage(Path image, Explanation explanation, List<Path> files) {}
