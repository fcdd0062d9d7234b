package org.nin4j.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArenaLayoutTest {
  @Test
  void buffersOfDifferentTimesShareOnePlace() {
    Buffer early = buffer(1000, 0, 1);
    Buffer late = buffer(1000, 2, 3);
    assertEquals(1000, ArenaLayout.place(List.of(early, late)));
    assertEquals(early.offset(), late.offset());
  }

  @Test
  void aBufferFillsTheGapThatAFinishedOneLeaves() {
    Buffer finished = buffer(640, 0, 1);
    Buffer staying = buffer(1280, 0, 5);
    Buffer small = buffer(320, 2, 3);
    assertEquals(1280 + 640, ArenaLayout.place(List.of(finished, staying, small)));
    assertEquals(1280, small.offset());
  }

  @Test
  void noTwoBuffersOfOneMomentOverlapAndAllAreAligned() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      List<Buffer> buffers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int first = random.nextInt(30);
        buffers.add(buffer(1 + random.nextInt(5000), first, first + random.nextInt(10)));
      }
      long size = ArenaLayout.place(buffers);
      for (Buffer a : buffers) {
        assertEquals(0, a.offset() % NativeMemory.ALIGNMENT);
        assertTrue(a.offset() + a.bytes() <= size);
        for (Buffer b : buffers) {
          boolean apart =
              a.offset() + a.bytes() <= b.offset() || b.offset() + b.bytes() <= a.offset();
          assertTrue(a == b || apart || !a.overlapsInTime(b), "round " + round);
        }
      }
    }
  }

  private static Buffer buffer(long bytes, int first, int last) {
    Buffer buffer = Buffer.inArena(bytes);
    buffer.usedAt(first);
    buffer.usedAt(last);
    return buffer;
  }
}
