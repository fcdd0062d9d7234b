package org.nin4j.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void evenRequestsHaveTheSameTimeBetweenThem() {
    Schedule schedule = Schedule.evenly(4);
    assertEquals(250_000_000, schedule.next());
    assertEquals(500_000_000, schedule.next());
  }

  /** The time of n requests of a Poisson process has the mean n and the variance n, in gaps. */
  @Test
  void randomRequestsComeAtTheirRate() {
    Schedule schedule = Schedule.atRandom(1000, 7);
    int requests = 100_000;
    long last = 0;
    for (int i = 0; i < requests; i++) {
      last = schedule.next();
    }
    assertEquals(requests, last / 1e6, 4 * Math.sqrt(requests));
  }
}
