package org.nin4j.explain;

/**
 * What a network says about a class.
 *
 * @param label the name of the class
 * @param logit the network's output for the class
 * @param probability the softmax of the logits, 0 to 1
 */
public record ClassScore(String label, float logit, float probability) {}
