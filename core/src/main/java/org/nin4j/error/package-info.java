/**
 * The exceptions that tell a caller what went wrong where Java has no type for it: a file that does
 * not hold what it should, a model that cannot be used, and use after closing. Depends on nothing.
 */
package org.nin4j.error;
