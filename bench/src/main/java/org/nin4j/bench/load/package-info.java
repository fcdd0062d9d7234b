/**
 * A load generator for HTTP on loopback, which runs in a process of its own and costs little
 * processor time: prepared bytes, connections that are kept open, one thread for each. Depends on
 * no other package of the benchmark but the protocol between processes.
 */
package org.nin4j.bench.load;
