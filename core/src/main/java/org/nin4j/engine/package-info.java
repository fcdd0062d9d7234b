/**
 * How a network runs. An {@link org.nin4j.engine.Engine} compiles a network for one batch size and
 * one precision into a plan; running the plan allocates nothing. The implementations are in
 * packages that the module does not export; other code uses the interfaces of this package.
 */
package org.nin4j.engine;
