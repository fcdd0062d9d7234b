/**
 * What a network is: immutable values that know their shapes, parameters and costs. No arrays of
 * weights, no native code, and no input or output but the networks' own JSON form.
 */
package org.nin4j.nn;
