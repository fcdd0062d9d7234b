/**
 * Pictures: images of a data set and drawings as {@link java.awt.image.BufferedImage}, and their
 * PNG files. Nothing here computes with a network.
 */
package org.nin4j.tracking.picture;
