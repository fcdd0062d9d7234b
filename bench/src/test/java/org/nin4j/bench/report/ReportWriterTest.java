package org.nin4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.bench.result.Contender;
import org.w3c.dom.Document;

class ReportWriterTest {
  @TempDir private Path folder;

  @Test
  void thePageHasARowForEachContenderAndBatch() throws IOException {
    String page = page();
    assertLine(
        page,
        "| 64 | NiN4J fp32 | 50.0 | [45.0-55.0] | - | 225 | 90.1 % | 1,000 | 1.2e-06 |",
        "| 128 | PyTorch 2.7.1 (DJL), fp32 | 20.0 | [18.0-22.0] | 2.50 | 90.1 | 36.0 % | 3,000"
            + " | 1.2e-06 |",
        "| 64 | PyTorch 2.10, bf16 autocast, channels_last | 51.0 | [45.9-56.1] | 1.86 | 230 | 46.0 %"
            + " | 1,500 | 1.2e-06 |",
        "| 64 | NiN4J int8 | 1,147 | [1,032-1,262] | - | 1,749 | 87.4 % | 300 | 1.2e-06 |",
        "| 1 | ONNX Runtime 1.23.2, fp32 | 100 | [90.0-110] | 1.10 | 152 | 61.0 % | 200 | 1.2e-06 |");
    assertLine(
        page,
        "### nin at 1x224x224: training",
        "### nin at 1x224x224: inference",
        "### nin-cifar10 at 3x32x32: training");
  }

  @Test
  void thePageHasMachinePeaksStartsAndWholeTrainings() throws IOException {
    assertLine(
        page(),
        "| processor | Example Processor |",
        "| bf16 | 500 | [450-550] |",
        "| nin at 1x224x224 | 1.525 | 4.506 |",
        "| PyTorch 2.7.1 (DJL), fp32 | 2.00 | [1.80-2.20] | 300 |",
        "| nin at 1x224x224 | 128 | fp32 | 48.0 [43.2-52.8] | 50.0 [45.0-55.0] | 0.960 | 216 |"
            + " 86.5 % |");
  }

  @Test
  void thePageShowsHowCostGrows() throws IOException {
    assertLine(
        page(),
        "| batch | training fp32 | inference fp32 |",
        "| 64 | 48.0 | 108 |",
        "| 64 | 512 | 256 |",
        "| 224 | 225 |",
        "- training fp32: from epoch 1 to epoch 20 the resident memory changed by +1.0 MiB.");
  }

  @Test
  void aRunWithoutMeasurementsStillMakesAPageAndAChart() throws Exception {
    ReportWriter.write(DemoResults.EMPTY, folder);
    assertLine(
        Files.readString(folder.resolve("README.md")),
        "| fp32 | not measured | - |",
        "Not measured.");
    assertEquals("svg", chart().getDocumentElement().getTagName());
  }

  @Test
  void theChartIsWellFormedAndNamesEveryContenderWithItsSpeed() throws Exception {
    ReportWriter.write(DemoResults.full(), folder);
    Document chart = chart();
    assertEquals("http://www.w3.org/2000/svg", chart.getDocumentElement().getNamespaceURI());
    assertEquals(
        "nin at 1x224x224, batch 64: images per second",
        chart.getElementsByTagName("title").item(0).getTextContent());
    String description = chart.getElementsByTagName("desc").item(0).getTextContent();
    for (Contender contender : Contender.values()) {
      assertTrue(description.contains(contender.title() + ": "), contender.title());
    }
    assertTrue(description.contains("training, NiN4J bf16: 95.0; "), description);
    assertTrue(description.contains("inference, NiN4J int8: 1,147; "), description);
  }

  @Test
  void theRowsOfTheReadmeCompareWithPeers() {
    String table = ReportWriter.readmeTable(DemoResults.full());
    assertLine(
        table,
        "| training, batch 64, images/s | 50.0 | 95.0 | - | 20.0 (2.50) | bf16: 51.0 (1.86) | - |",
        "| inference, batch 64, images/s | 154 | 294 | 1,147 | 70.0 (2.20) | bf16: 196 (1.50) |"
            + " 140 (1.10) |",
        "| peak memory in training, batch 128, MiB | 1,000 | 800 | - | 3,000 (3.00) |"
            + " bf16: 1,500 (1.88) | - |",
        "| start to first prediction, s | 0.50 | - | - | 2.00 | - | 1.00 |",
        "| libraries, MiB | 30.0 | - | - | 300 | - | 90.0 |");
    assertTrue(
        table.contains("2026-11-23:\nprocessor Example Processor, threads 2, Java 17."), table);
    assertTrue(table.contains("(docs/performance/README.md)"), table);
  }

  @Test
  void textOutsideTheMarksOfAReadmeIsKept() throws IOException {
    String before = "# Title\r\n\nA price: $1 \\ d\u00e9j\u00e0 vu\n<!-- measured -->";
    String after = "<!-- /measured -->\n\nThe end, without a line's end";
    Path readme = folder.resolve("README.md");
    Files.writeString(readme, before + "\nold rows\n" + after);
    ReportWriter.intoReadme(DemoResults.full(), readme);
    String once = Files.readString(readme);
    assertTrue(once.startsWith(before + "\n| `nin` at 1x224x224 |"), once);
    assertTrue(once.endsWith("methods.\n" + after), once);
    assertFalse(once.contains("old rows"), once);
    ReportWriter.intoReadme(DemoResults.full(), readme);
    assertEquals(once, Files.readString(readme));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(readme), files.toList());
    }
  }

  @Test
  void aReadmeWithoutItsTwoMarksInOrderIsLeftAsItIs() throws IOException {
    assertRefused("no mark", "<!-- measured --> is missing");
    assertRefused("<!-- measured --> and no end", "<!-- /measured --> is missing");
    assertRefused("<!-- /measured --><!-- measured -->", "stands before");
    assertRefused(
        "<!-- measured --><!-- measured --><!-- /measured -->", "stands there more than once");
  }

  private void assertRefused(String text, String reason) throws IOException {
    Path readme = folder.resolve("README.md");
    Files.writeString(readme, text);
    IOException refusal =
        assertThrows(IOException.class, () -> ReportWriter.intoReadme(DemoResults.full(), readme));
    assertTrue(refusal.getMessage().startsWith(readme + ": "), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    assertEquals(text, Files.readString(readme));
  }

  private String page() throws IOException {
    Path made = folder.resolve("docs/performance");
    ReportWriter.write(DemoResults.full(), made);
    return Files.readString(made.resolve("README.md"));
  }

  private Document chart() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(folder.resolve("results.svg").toFile());
  }

  private static void assertLine(String text, String... lines) {
    List<String> all = text.lines().toList();
    for (String line : lines) {
      assertTrue(all.contains(line), () -> line + "\nis not a line of\n" + text);
    }
  }
}
