package org.nin4j.conformance.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
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
 * Plans that come and go leave nothing behind. oneDNN itself keeps the 1,024 primitives used last,
 * with the machine code that it made for them: on the way to that number memory grows, by some 120
 * KiB each. So there are two bounds: a narrow one with that cache switched off, and a wide one as
 * users have it.
 */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {
  private static final Map<Integer, String> ROWS = new TreeMap<>();

  @AfterAll
  static void report() {
    Report.section(
        80,
        "Native hygiene",
        """
        Resident memory of a process (VmRSS) in which plans of changing networks, batch sizes,
        precisions and kinds are compiled, run and closed. oneDNN's cache of primitives holds 1,024.

        | plans | cache | after warm-up | most after that | growth | bound |
        |---|---|---|---|---|---|
        %s"""
            .formatted(String.join("", ROWS.values())));
  }

  /** Growth of all plans but the first ones, in KiB, is within a bound. */
  private static void assertFlat(
      int row, String kind, int warmUp, int plans, boolean cached, long boundKiB) throws Exception {
    List<String> jvm =
        List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");
    Map<String, String> environment = new HashMap<>();
    if (!cached) {
      environment.put("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "0");
    }
    List<Long> resident = new ArrayList<>();
    String main = PlansComeAndGo.class.getName();
    try (Child child = Child.java(Path.of(""), environment, jvm, main, kind, plans, warmUp)) {
      child.succeeds().out().lines().forEach(line -> resident.add(Long.valueOf(line.strip())));
    }
    long first = resident.get(0);
    long most = resident.stream().mapToLong(Long::longValue).max().orElseThrow();
    ROWS.put(
        row,
        String.format(
            Locale.ROOT,
            "| %,d %s, of them %d warm-up | %s | %.1f MiB | %.1f MiB | %.1f MiB | %.1f MiB |%n",
            plans,
            kind,
            warmUp,
            cached ? "on" : "off",
            first / 1024.0,
            most / 1024.0,
            (most - first) / 1024.0,
            boundKiB / 1024.0));
    assertTrue(most - first <= boundKiB, "KiB on the way: " + resident);
  }

  /**
   * Which 1,024 primitives the cache holds changes, and so does the size of their code: allowed is
   * a fifth of what it holds. A plan's own memory is 200 KiB on average; 700 plans would leave 140
   * MiB.
   */
  @Test
  void aThousandPlansLeaveNoMoreThanTheCache() throws Exception {
    assertFlat(1, "run", 300, 1000, true, 24 * 1024);
  }

  /**
   * Java itself grows for 400 plans (classes, compiled code) and hardly after them: 2 MiB are 5 KiB
   * for each of 400 plans. Lost blocks of weights would be 16 KiB each, lost descriptors or memory
   * objects 50.
   */
  @Test
  void withoutTheCachePlansLeaveNothing() throws Exception {
    assertFlat(2, "run", 400, 800, false, 2 * 1024);
  }

  /** A plan that is refused when only its arena is missing has made everything else: 13 KiB. */
  @Test
  void aPlanTooLargeForTheMemoryIsRefusedAndLeavesNothing() throws Exception {
    assertFlat(3, "refused", 100, 500, true, 1024);
  }
}
