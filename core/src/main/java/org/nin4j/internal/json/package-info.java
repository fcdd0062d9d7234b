/**
 * Strict reading and writing of small JSON documents with Jackson's streaming parser and generator.
 * Knows nothing of networks, models or trainings; not for users of the library.
 */
package org.nin4j.internal.json;
