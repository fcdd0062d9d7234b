/**
 * The processes that are timed: one contender and one task each, told what to do line by line by
 * the process that holds the clock's results. Whatever they compute with is here and nowhere else.
 */
package org.nin4j.bench.rival;
