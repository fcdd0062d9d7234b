/**
 * The product as a process: what it leaves when it is stopped or killed, and the native memory that
 * it holds.
 */
package org.nin4j.conformance.process;
