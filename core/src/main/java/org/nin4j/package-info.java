/**
 * The entry points of the library: {@link org.nin4j.Engines} chooses an engine, and {@link
 * org.nin4j.Classifier} classifies images with a model file. The other packages do the work.
 *
 * <h2>Errors</h2>
 *
 * The type of an exception says whose matter it is, in all packages, and its message is one
 * sentence that says what was wrong, where, and what to do. {@link IllegalArgumentException}: the
 * caller passed something that cannot be used. {@link java.io.IOException}: a file cannot be read
 * or written, with the types of {@code java.nio.file} for one that is missing or forbidden, and
 * {@link org.nin4j.error.InvalidFileException} for one that does not hold what it should; the
 * message starts with the file. {@link org.nin4j.error.InvalidModelException}: the model is
 * readable, but cannot be used as asked. {@link org.nin4j.error.ClosedException}: something was
 * used after it had been closed. {@link org.nin4j.engine.EngineException}: the engine could not
 * compute, for lack of memory or because native code failed.
 */
package org.nin4j;
