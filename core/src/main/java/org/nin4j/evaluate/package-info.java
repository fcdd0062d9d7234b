/**
 * How well a model classifies a set of images: {@link org.nin4j.evaluate.Evaluator} classifies
 * them, and an {@link org.nin4j.evaluate.Evaluation} holds the outcome for each image and computes
 * all statistics from them. Nothing here trains, prints, or draws.
 */
package org.nin4j.evaluate;
