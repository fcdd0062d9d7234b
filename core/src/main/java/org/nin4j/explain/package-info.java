/**
 * Why a model classifies an image as it does: {@link org.nin4j.explain.Explainer} shows where in an
 * image it finds evidence for and against a class, and an {@link org.nin4j.explain.Explanation}
 * holds the result as numbers. Nothing here draws or prints.
 */
package org.nin4j.explain;
