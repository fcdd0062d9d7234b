/**
 * The engine in plain Java loops: the executable specification of every layer, the oracle of the
 * tests, and the fallback where the native library cannot load. Clear before fast.
 */
package org.nin4j.engine.reference;
