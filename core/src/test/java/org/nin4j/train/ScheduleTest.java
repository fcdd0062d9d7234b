package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void aConstantRateStays() {
    assertEquals(0.1, Schedule.constant(0.1).at(0, 5));
    assertEquals(0.1, Schedule.constant(0.1).at(4, 5));
  }

  @Test
  void theWarmUpEndsAtThePeak() {
    Schedule schedule = new Schedule(0.8, 0.25, true);
    assertEquals(0.2, schedule.at(0, 16), 1e-15);
    assertEquals(0.4, schedule.at(1, 16), 1e-15);
    assertEquals(0.8, schedule.at(3, 16), 1e-15);
    assertEquals(0.8, schedule.at(4, 16), 1e-15);
  }

  @Test
  void theCosineIsAtHalfThePeakHalfWayAndStillAboveZeroInTheLastStep() {
    Schedule schedule = new Schedule(0.8, 0.5, true);
    assertEquals(0.4, schedule.at(12, 16), 1e-15);
    assertEquals(0.8 * (1 + Math.sqrt(0.5)) / 2, schedule.at(10, 16), 1e-15);
    assertEquals(0.8 * (1 + Math.cos(Math.PI * 7 / 8)) / 2, schedule.at(15, 16), 1e-15);
    assertTrue(schedule.at(15, 16) > 0);
  }

  @Test
  void whatIsNoRateIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Schedule(1, 1, false));
  }
}
