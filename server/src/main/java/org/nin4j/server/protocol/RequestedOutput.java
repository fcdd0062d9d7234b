package org.nin4j.server.protocol;

/**
 * One tensor of a response.
 *
 * @param tensor which one
 * @param classification how many of the largest values to tell as texts {@code value:index:label};
 *     0 for all values as they are
 * @param binary whether it follows the JSON as bytes
 */
record RequestedOutput(OutputTensor tensor, int classification, boolean binary) {}
