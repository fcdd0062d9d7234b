/**
 * The front door: the best engine of this machine, and a classifier made from a model file. The
 * rooms behind it are in the packages below.
 */
package org.nin4j;
