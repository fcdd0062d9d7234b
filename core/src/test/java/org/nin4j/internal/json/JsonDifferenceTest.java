package org.nin4j.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDifferenceTest {
  private static Optional<String> first(String found, String wanted) {
    return JsonDifference.first(found.replace('\'', '"'), wanted.replace('\'', '"'));
  }

  @Test
  void theOrderOfFieldsAndSpacesAreNoDifference() {
    assertEquals(
        Optional.empty(), first("{'a':1,'b':[1,{'c':null}]}", "{ 'b': [1, {'c': null}], 'a': 1 }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': 1} | {'a': 2} | a 1 instead of 2",
        "{'a': {'b': [0, {'c': 'x'}]}} | {'a': {'b': [0, {'c': 'y'}]}} | a.b[1].c x instead of y",
        "{'a': true} | {'a': null} | a true instead of null",
        "{'a': 1} | {'a': '1 '} | a 1 instead of 1 ",
        "{'a': {'b': 1}} | {'a': 3} | a {\"b\":1} instead of 3",
        "{'a': {'b': 1}} | {'a': {}} | a.b 1 instead of none",
        "{'a': {}} | {'a': {'b': 1}} | a.b none instead of 1",
        "{'a': 1, 'b': 1} | {'b': 2, 'a': 2} | a 1 instead of 2",
        "{'a': [1]} | {'a': [1, 2]} | a with 1 instead of 2 entries",
        "{'a': [3, 1]} | {'a': [4]} | a[0] 3 instead of 4"
      })
  void theFirstDifferenceIsToldWithItsPathAndBothValues(
      String found, String wanted, String difference) {
    assertEquals(difference.strip(), first(found, wanted).orElseThrow().strip());
  }

  @Test
  void longValuesAreCutAndControlCharactersAreNotPrinted() {
    assertEquals(
        "a " + "x".repeat(60) + "... instead of \\u001b[31m",
        first("{'a': '" + "x".repeat(61) + "'}", "{'a': '\\u001b[31m'}").orElseThrow());
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsName() {
    assertEquals(
        "wanted: ",
        assertThrows(JsonException.class, () -> first("{}", "{'a'}")).getMessage().substring(0, 8));
  }
}
