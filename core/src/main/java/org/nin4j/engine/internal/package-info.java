/**
 * What engines share, and what the packages of the library share that run plans; no user needs it.
 * The checks of a plan's arguments and state are the same for every engine, as is the order in
 * which the gradients of a batch are added.
 */
package org.nin4j.engine.internal;
