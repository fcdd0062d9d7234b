/**
 * The command line {@code nin}: options, messages and exit codes around the library. Nothing here
 * computes, and nothing in the library prints.
 */
package org.nin4j.cli;
