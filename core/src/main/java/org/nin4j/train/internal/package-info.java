/** Parts of a training step that tests verify apart; no user needs them. */
package org.nin4j.train.internal;
