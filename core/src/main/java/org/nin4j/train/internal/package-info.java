/** Parts of a training step that are not exported, but are tested on their own. */
package org.nin4j.train.internal;
