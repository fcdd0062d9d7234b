/**
 * What a run has measured, put before people: the performance page with its goals and tables, the
 * chart, and the rows of the project's README. Measures nothing.
 */
package org.nin4j.bench.report;
