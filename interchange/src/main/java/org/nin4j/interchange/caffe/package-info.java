/** Caffe's binary weights and the text that defines their network, read only. */
package org.nin4j.interchange.caffe;
