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
    assertEquals(0.2, schedule.at(99, 1600), 1e-15);
    assertEquals(0.4, schedule.at(199, 1600), 1e-15);
    assertEquals(0.8, schedule.at(399, 1600), 1e-15);
    assertEquals(0.8, schedule.at(400, 1600), 1e-15);
  }

  @Test
  void theWarmUpOfAShortTrainingTakes150StepsOrHalfOfAll() {
    Schedule schedule = new Schedule(0.8, 0.1, true);
    assertEquals(0.8 / 150, schedule.at(0, 400), 1e-15);
    assertEquals(0.8, schedule.at(149, 400), 1e-15);
    assertEquals(0.8 / 20, schedule.at(0, 40), 1e-15);
  }

  @Test
  void theCosineIsAtHalfThePeakHalfWayAndStillAboveZeroInTheLastStep() {
    Schedule schedule = new Schedule(0.8, 0.5, true);
    assertEquals(0.4, schedule.at(1200, 1600), 1e-15);
    assertEquals(0.8 * (1 + Math.sqrt(0.5)) / 2, schedule.at(1000, 1600), 1e-15);
    assertTrue(schedule.at(1599, 1600) > 0);
  }

  @Test
  void whatIsNoRateIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Schedule(1, 1, false));
  }
}
