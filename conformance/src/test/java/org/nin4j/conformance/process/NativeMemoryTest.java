package org.nin4j.conformance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nin4j.conformance.Report;

/**
 * Plans that are compiled, run and closed leak nothing. A leak grows in every interval; a class
 * that is loaded or a heap of malloc's that is extended grows in one. So what is bounded is the
 * lower quartile of the growth in {@value #INTERVALS} intervals of {@value #PLANS} plans after a
 * warm-up. On a busy machine so many intervals may grow once that their median is ten times what it
 * is on an idle one; the lower quartile stays, and tells if one plan in eight is lost.
 *
 * <p>oneDNN itself keeps the 1,024 primitives used last, with the machine code that it made for
 * them, and which ones these are changes. So there are two bounds: a narrow one with that cache
 * switched off, and a wide one as users have it.
 */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {
  private static final int PLANS = 50;
  private static final int INTERVALS = 8;

  private static final Map<Integer, String> ROWS = new TreeMap<>();

  @AfterAll
  static void report() {
    Report.section(
        80,
        "Native memory",
        """
        Resident memory of a process (VmRSS) in which plans of changing networks, batch sizes,
        precisions and kinds are compiled, run and closed. oneDNN's cache of primitives holds 1,024.
        The bound applies to the growth per plan: the lower quartile over %d intervals of %d plans each,
        after the warm-up.

        | plans | cache | after warm-up | at the end | growth per plan | bound |
        |---|---|---|---|---|---|
        %s"""
            .formatted(INTERVALS, PLANS, String.join("", ROWS.values())));
  }

  /**
   * A plan leaves no more than a bound, in KiB. The process has one heap of malloc's and not one
   * for each thread that happens to allocate, so that it grows alike each time.
   */
  private static void assertFlat(int row, String kind, int warmUp, boolean cached, int boundKiB)
      throws Exception {
    List<String> jvm =
        List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");
    Map<String, String> environment = new HashMap<>();
    environment.put("MALLOC_ARENA_MAX", "1");
    if (!cached) {
      environment.put("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "0");
    }
    int plans = warmUp + INTERVALS * PLANS;
    long[] resident;
    String main = PlanChurn.class.getName();
    try (Child child = Child.java(Path.of(""), environment, jvm, main, kind, plans, PLANS)) {
      resident = child.succeeds().out().lines().mapToLong(Long::parseLong).toArray();
    }
    assertEquals(plans / PLANS, resident.length);
    long[] growths = new long[INTERVALS];
    int first = resident.length - 1 - INTERVALS;
    for (int i = 0; i < INTERVALS; i++) {
      growths[i] = resident[first + i + 1] - resident[first + i];
    }
    double growth = lowerQuartile(growths) / PLANS;
    ROWS.put(
        row,
        String.format(
            Locale.ROOT,
            "| %,d %s, including %d warm-up | %s | %.1f MiB | %.1f MiB | %.1f KiB | %d KiB |%n",
            plans,
            kind,
            warmUp,
            cached ? "on" : "off",
            resident[first] / 1024.0,
            resident[resident.length - 1] / 1024.0,
            growth,
            boundKiB));
    assertTrue(
        growth <= boundKiB,
        () -> growth + " KiB per plan; KiB after each interval: " + Arrays.toString(resident));
  }

  /** The smallest value that at least a quarter of all do not exceed. */
  private static double lowerQuartile(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 4];
  }

  /**
   * Which 1,024 primitives the cache holds changes, and so does the size of their code: the lower
   * quartile is 3 KiB a plan or less. A plan's own memory is 200 KiB on average, and a plan lost in
   * eight gives 47 KiB or more.
   */
  @Test
  void plansLeaveNoMoreThanTheCache() throws Exception {
    assertFlat(1, "run", 300, true, 20);
  }

  /**
   * Java's own growth and malloc's fragments come to 1 KiB a plan or less. Lost blocks of weights
   * would be 16 KiB each, lost descriptors or memory objects 50.
   */
  @Test
  void withoutTheCachePlansLeaveNothing() throws Exception {
    assertFlat(2, "run", 300, false, 4);
  }

  /** A plan that is refused when only its arena is missing has made everything else: 13 KiB. */
  @Test
  void aPlanTooLargeForTheMemoryIsRefusedAndLeavesNothing() throws Exception {
    assertFlat(3, "refused", 100, true, 4);
  }
}
