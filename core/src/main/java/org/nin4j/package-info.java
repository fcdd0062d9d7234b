/**
 * What most programs need: the best engine of this machine, and a classifier made from a model
 * file. The packages below do the work.
 */
package org.nin4j;
