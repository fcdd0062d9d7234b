/**
 * The entry points of the library: {@link org.nin4j.Engines} chooses an engine, and {@link
 * org.nin4j.Classifier} classifies images with a model file. The other packages do the work.
 */
package org.nin4j;
