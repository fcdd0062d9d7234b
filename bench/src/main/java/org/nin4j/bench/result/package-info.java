/**
 * What is measured and what was found: contenders, tasks, and the content of {@code results.json}.
 * Depends on no other package of the benchmark.
 */
package org.nin4j.bench.result;
