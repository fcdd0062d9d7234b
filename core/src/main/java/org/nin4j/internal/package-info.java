/**
 * What several packages of the library need and no user does: files written whole, the user's cache
 * folder, and random numbers. It depends on no other package.
 */
package org.nin4j.internal;
