/**
 * What a network learns from: data sets and their readers, augmentations, the preprocessing that
 * makes pixels into numbers, and the loader that shuffles, augments and prefetches batches. Knows
 * nothing of networks or training.
 */
package org.nin4j.data;
