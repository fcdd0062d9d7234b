package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

class CsvTableTest {
  private static final CsvTable TABLE = new CsvTable(List.of("name", "a, b"), "mend it");

  @TempDir Path temp;

  private Path file(String rows) throws IOException {
    return Files.writeString(temp.resolve("table.csv"), TABLE.header() + rows);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<List<String>> rows =
        List.of(
            List.of("", ""),
            List.of("a,b", "say \"hi\""),
            List.of("two\nlines", "\r"),
            List.of("\"", ",\"\n\"\""),
            List.of(" 1", "2 "));
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(Csv.line(row)));
    assertEquals(rows, TABLE.read(file(text.toString()), false, CsvRow::cells));
    assertEquals(List.of(2, 3, 4, 6, 8), TABLE.read(file(text.toString()), false, CsvRow::line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b,1", "\"a\"b,1", "a,\"b\" ", "a,1\""})
  void aQuotationMarkThatIsNotAroundACellIsRefused(String line) throws IOException {
    Path file = file("x,y\n" + line + "\n");
    Exception e =
        assertThrows(InvalidFileException.class, () -> TABLE.read(file, false, CsvRow::cells));
    assertEquals(file + ": line 3: a quotation mark is out of place; mend it", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x,", "x,y", "\"x\",y", "\"x", "\"x\"", "x,\"y\n", "x,\"y\"\"\n"})
  void aLineWithoutItsEndIsLeftOutOnlyWhereLinesAreAppended(String line) throws IOException {
    Path file = file("1,2\n" + line);
    assertEquals(List.of(List.of("1", "2")), TABLE.read(file, true, CsvRow::cells));
    Exception e =
        assertThrows(InvalidFileException.class, () -> TABLE.read(file, false, CsvRow::cells));
    assertEquals(file + ": the last line is cut off; mend it", e.getMessage());
  }
}
