/**
 * What several packages of the library need and no user does: files written whole and what their
 * errors say, threads and pools, random numbers, comma-separated values. Depends on no other
 * package but {@code org.nin4j.error}.
 */
package org.nin4j.internal;
