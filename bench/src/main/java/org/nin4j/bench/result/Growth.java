package org.nin4j.bench.result;

/**
 * How cost grows: one point.
 *
 * @param axis what is varied: {@code batch}, {@code threads}, {@code size}, or {@code epoch}
 * @param at the value of what is varied
 * @param imagesPerSecond median of the rounds
 * @param residentBytes of the process after it
 */
public record Growth(
    Work work, String precision, String axis, int at, double imagesPerSecond, long residentBytes) {}
