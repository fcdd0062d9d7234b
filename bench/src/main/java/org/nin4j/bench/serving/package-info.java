/**
 * Measures the server of this library: what a request costs beside the model, how long it takes,
 * what becomes of too many requests, and whether anything grows over time. Servers, load generators
 * and bare models are processes of their own, which share the processors of one machine.
 */
package org.nin4j.bench.serving;
