/**
 * How a network runs. An {@link org.nin4j.engine.Engine} compiles a network for one batch size and
 * one precision into a plan; running the plan allocates nothing. Engines live in the packages
 * below; code elsewhere sees only the interfaces here.
 */
package org.nin4j.engine;
