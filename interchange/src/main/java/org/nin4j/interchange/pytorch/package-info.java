/**
 * PyTorch's files of a state_dict, read and written. A pickle in them is read by an allow-list and
 * never executed.
 */
package org.nin4j.interchange.pytorch;
