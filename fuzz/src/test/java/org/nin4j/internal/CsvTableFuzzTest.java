package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.error.InvalidFileException;
import org.nin4j.fuzz.Untrusted;

/** Comma-separated values of any content. */
class CsvTableFuzzTest {
  private static final CsvTable TABLE = new CsvTable(List.of("a", "b"), "delete the file");

  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of("a,b\n1,2.5e-3\n\"x\"\"y,\nz\",\n", "a,b\n-0,\"\"\ncut o")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("table.csv");
    Untrusted.file(file, bytes, it -> TABLE.read(it, false, CsvTableFuzzTest::numbers));
    List<List<String>> rows =
        Untrusted.file(file, bytes, it -> TABLE.read(it, true, CsvRow::cells)).orElse(List.of());
    StringBuilder again = new StringBuilder(TABLE.header());
    rows.forEach(row -> again.append(Csv.line(row)));
    Files.writeString(file, again);
    assertEquals(rows, TABLE.read(file, false, CsvRow::cells));
  }

  private static List<Double> numbers(CsvRow row) throws InvalidFileException {
    return List.of((double) row.intAtLeast("a", 0), row.isEmpty("b") ? 0 : row.number("b"));
  }
}
