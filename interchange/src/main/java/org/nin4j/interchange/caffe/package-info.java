/**
 * Caffe's binary weights and the text that defines their network, read only. The messages are those
 * of Caffe's own schema, as far as a network of convolutions needs them.
 */
package org.nin4j.interchange.caffe;
