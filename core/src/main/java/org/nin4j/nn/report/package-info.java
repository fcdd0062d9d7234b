/**
 * Summaries and comparisons of networks as text: for people (table, markdown), for programs (csv,
 * json) and as the chapter prints them (torch). Computes nothing but shares.
 */
package org.nin4j.nn.report;
