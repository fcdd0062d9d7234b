package org.nin4j.bench.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProcessFactsTest {
  @Test
  void processorTimeIsThatOfUserAndKernelWhateverTheNameOfTheProcess() {
    String stat = "17 (a (b) c) S 1 17 17 0 -1 4194560 100 0 0 0 150 50 7 7 20 0 40 0 123 4 5";
    assertEquals(2.0, ProcessFacts.processorSeconds(stat));
  }

  @Test
  void numbersOfTheStatusAreFoundByTheirName() {
    assertEquals(
        312, ProcessFacts.status("Name:\tjava\nVmRSS:\t     312 kB\nThreads:\t40\n", "VmRSS:"));
  }

  @Test
  void liveObjectsAreTheLastLineOfTheHistogram() {
    String histogram = " 1:  10  800  [B (java.base)\nTotal        24893        1654336\n";
    assertEquals(1_654_336, ProcessFacts.total(histogram));
  }
}
