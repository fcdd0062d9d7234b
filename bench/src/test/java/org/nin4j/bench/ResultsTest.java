package org.nin4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.EndToEnd;
import org.nin4j.bench.result.Growth;
import org.nin4j.bench.result.Results;
import org.nin4j.bench.result.Start;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Timing;
import org.nin4j.bench.result.Work;

class ResultsTest {
  private static final Task TASK = new Task("nin", 224, Work.TRAINING, 64);
  private static final Growth BATCH = growth("batch", 8);
  private static final Growth EPOCH = growth("epoch", 1);

  @TempDir Path folder;

  private static Growth growth(String axis, int at) {
    return new Growth(Work.INFERENCE, "fp32", axis, at, 200.0, 1L << 33);
  }

  private ResultsFile full() throws IOException {
    ResultsFile results = new ResultsFile(folder);
    results.machine.put("threads", "2");
    results.peaks.put("fp32", List.of(333.25, 340.5));
    results.timings.add(
        new Timing(TASK, Contender.PYTORCH_DJL, List.of(20.5, 21.0), 1L << 32, 1e-6));
    results.starts.add(new Start(Contender.NIN4J_BF16, List.of(0.25), 36_000_000));
    results.endToEnd.add(new EndToEnd(TASK, "bf16", List.of(240.0), List.of(250.0)));
    results.growth.addAll(List.of(BATCH, EPOCH));
    return results;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    ResultsFile results = full();
    results.save();
    Results read = ResultsFile.read(folder);
    assertEquals(results.machine, read.machine());
    assertEquals(results.peaks, read.peaks());
    assertEquals(results.timings, read.timings());
    assertEquals(results.starts, read.starts());
    assertEquals(results.endToEnd, read.endToEnd());
    assertEquals(results.growth, read.growth());
  }

  @Test
  void aRunOfSomePartsKeepsTheOthers() throws IOException {
    full().save();
    ResultsFile next = new ResultsFile(folder);
    next.keepBut(EnumSet.of(Part.STARTS, Part.EPOCHS));
    assertEquals(1, next.timings.size());
    assertEquals(1, next.endToEnd.size());
    assertEquals(List.of(BATCH), next.growth);
    assertEquals(List.of(), next.starts);
  }

  @Test
  void aRunOfAllPartsKeepsNothing() throws IOException {
    full().save();
    ResultsFile next = new ResultsFile(folder);
    next.keepBut(EnumSet.allOf(Part.class));
    assertTrue(next.timings.isEmpty() && next.growth.isEmpty() && next.peaks.isEmpty());
  }

  @Test
  void withoutResultsThereIsNothingToReport() {
    IOException e = assertThrows(IOException.class, () -> ResultsFile.read(folder));
    assertTrue(e.getMessage().contains("measure first"), e.getMessage());
  }

  @Test
  void aNetworkHasASize() {
    assertEquals(new NetworkAtSize("nin-cifar10", 32), NetworkAtSize.parse("nin-cifar10@32"));
    for (String wrong : List.of("nin", "nin@", "nin@0", "nin@x", "nix@224")) {
      assertThrows(IllegalArgumentException.class, () -> NetworkAtSize.parse(wrong), wrong);
    }
  }
}
