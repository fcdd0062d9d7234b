/**
 * The engine over oneDNN. All that is native is here, and no type of it leaves this package. The
 * words are oneDNN's: src, dst, weights, bias, diffSrc, diffDst, workspace.
 */
package org.nin4j.engine.onednn;
