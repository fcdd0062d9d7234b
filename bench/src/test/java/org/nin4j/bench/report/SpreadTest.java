package org.nin4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianOfAnOddNumberOfRoundsIsTheMiddleOne() {
    assertEquals(Optional.of(new Spread(3, 1, 100)), Spread.of(List.of(100.0, 1.0, 3.0)));
  }

  @Test
  void theMedianOfAnEvenNumberOfRoundsIsTheMeanOfTheTwoInTheMiddle() {
    assertEquals(Optional.of(new Spread(2.5, 1, 9)), Spread.of(List.of(9.0, 2.0, 1.0, 3.0)));
  }

  @Test
  void noRoundsHaveNoSpread() {
    assertEquals(Optional.empty(), Spread.of(List.of()));
  }
}
