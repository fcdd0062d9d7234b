package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void onlyCellsThatNeedThemHaveQuotes() {
    assertEquals("a b,3,-0.5,\n", Csv.line("a b", 3, -0.5, ""));
    assertEquals(
        "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"\r\"\n",
        Csv.line(List.of("a,b", "say \"hi\"", "two\nlines", "\r")));
  }

  @Test
  void numbersHaveAPointInEveryCountry() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals("1234567.25,0.500000\n", Csv.line(Csv.fixed(1234567.25, 2), Csv.fixed(0.5, 6)));
    } finally {
      Locale.setDefault(before);
    }
  }
}
