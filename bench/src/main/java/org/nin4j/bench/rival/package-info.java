/**
 * The processes that are timed: one contender and one task each, controlled line by line by the
 * process that collects the results. Only this package uses the libraries that are compared.
 */
package org.nin4j.bench.rival;
