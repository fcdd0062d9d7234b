/**
 * Network in Network on Apache Spark: an estimator that trains on a cluster to the very bits of one
 * machine, and a model that classifies images in any number.
 */
package org.nin4j.spark;
