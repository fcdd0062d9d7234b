/**
 * Reports about runs: {@code report.html} with the CSV files beside it, and a page that compares
 * several runs. They are made from the files of a run folder and, for pictures, from the data set.
 * What is evaluated or computed here is only what these files lack.
 */
package org.nin4j.tracking.report;
