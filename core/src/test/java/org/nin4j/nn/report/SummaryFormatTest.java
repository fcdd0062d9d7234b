package org.nin4j.nn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.Comparison;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Summary;

class SummaryFormatTest {
  private static final Summary NIN = Summary.of(Networks.NIN.build());
  private static final Comparison BOTH =
      new Comparison(List.of(Summary.of(Networks.NIN.build()), Summary.of(Networks.VGG11.build())));

  @Test
  void torchIsTheChaptersListingToTheLetter() {
    String expected =
        """
        Sequential output shape:\t torch.Size([1, 96, 54, 54])
        MaxPool2d output shape:\t torch.Size([1, 96, 26, 26])
        Sequential output shape:\t torch.Size([1, 256, 26, 26])
        MaxPool2d output shape:\t torch.Size([1, 256, 12, 12])
        Sequential output shape:\t torch.Size([1, 384, 12, 12])
        MaxPool2d output shape:\t torch.Size([1, 384, 5, 5])
        Dropout output shape:\t torch.Size([1, 384, 5, 5])
        Sequential output shape:\t torch.Size([1, 10, 5, 5])
        AdaptiveAvgPool2d output shape:\t torch.Size([1, 10, 1, 1])
        Flatten output shape:\t torch.Size([1, 10])
        """;
    assertEquals(expected, SummaryFormat.TORCH.render(NIN));
  }

  @Test
  void theTableAlignsNestedLayersAndTotals() {
    List<String> lines = SummaryFormat.TABLE.render(NIN).lines().toList();
    assertEquals("nin: 1x1x224x224 -> 1x10", lines.get(0));
    String layer =
        "  2.0 Conv2d 96->256, 5x5, pad 2     1x256x26x26    51/8   24,576    16,613,376";
    assertTrue(lines.stream().anyMatch(line -> line.startsWith(layer)), lines.toString());
    String pool = "8 AdaptiveAvgPool2d to 1x1           1x10x1x1        all        -";
    assertTrue(lines.stream().anyMatch(line -> line.startsWith(pool)), lines.toString());
    List<String> numbers =
        lines.stream().filter(line -> line.contains("iB") || line.contains(" B")).toList();
    assertEquals(35, numbers.size());
    numbers.forEach(line -> assertEquals(lines.get(2).length(), line.length(), line));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 120));
  }

  @Test
  void theTableShowsTheTwoWaysInWhichNinDiffersFromVgg() {
    String nin = SummaryFormat.TABLE.render(NIN);
    assertTrue(nin.contains("here 8 layers hold 446,108 (22.4 %) of the parameters"), nin);
    assertTrue(nin.contains("and do 184,824,712 (24.2 %) of the multiply-adds"), nin);
    assertTrue(nin.contains("here 0 parameters are in Linear layers"), nin);
    String vgg = SummaryFormat.TABLE.render(Summary.of(Networks.VGG11.build()));
    assertTrue(vgg.contains("at every pixel: here there are none"), vgg);
    assertTrue(vgg.contains("here 3 layers hold 119,586,826 (92.8 %) of the parameters"), vgg);
  }

  @Test
  void csvAndJsonCarryTheSameNumbers() throws IOException {
    List<String> lines = SummaryFormat.CSV.render(NIN).lines().toList();
    JsonNode json = new ObjectMapper().readTree(SummaryFormat.JSON.render(NIN));
    assertEquals(
        "path,depth,kind,description,output,"
            + "field_height,field_width,field_stride_y,field_stride_x,field_top,field_left,"
            + "kernels,kernel_applications,parameters,multiply_adds,activation_bytes",
        lines.get(0));
    assertEquals(
        "0.0,1,Conv2d,\"Conv2d(1, 96, kernel_size=(11, 11), stride=(4, 4))\",1x96x54x54,"
            + "11,11,4,4,0,0,96,279936,11712,33872256,1119744",
        lines.get(2));
    assertEquals(lines.size(), json.get("layers").size() + 2);
    for (int i = 0; i < json.get("layers").size(); i++) {
      String line = lines.get(i + 1);
      JsonNode layer = json.get("layers").get(i);
      assertTrue(line.endsWith("," + field(layer) + "," + costs(layer)), line);
      assertTrue(line.startsWith(json.get("layers").get(i).get("path").asText() + ","), line);
    }
    assertTrue(lines.get(lines.size() - 1).endsWith("," + costs(json.get("total"))));
    assertEquals(762_297_352, json.get("total").get("multiply_adds").asLong());
    assertEquals("[1,1,224,224]", json.get("input").toString());
  }

  private static String field(JsonNode node) {
    JsonNode field = node.get("receptive_field");
    return String.join(
        ",",
        field.get("height").asText(),
        field.get("width").asText(),
        field.get("stride_y").asText(),
        field.get("stride_x").asText(),
        field.get("top").asText(),
        field.get("left").asText());
  }

  private static String costs(JsonNode node) {
    return String.join(
        ",",
        node.get("kernels").asText(),
        node.get("kernel_applications").asText(),
        node.get("parameters").asText(),
        node.get("multiply_adds").asText(),
        node.get("activation_bytes").asText());
  }

  @Test
  void markdownHasOneCellForEachColumn() {
    List<String> rows =
        SummaryFormat.MARKDOWN.render(NIN).lines().filter(l -> l.startsWith("|")).toList();
    assertEquals(2 + 34 + 1, rows.size());
    rows.forEach(row -> assertEquals(9, row.chars().filter(c -> c == '|').count(), row));
    assertTrue(
        rows.get(2).startsWith("| `0` Sequential | 1x96x54x54 | 11/4 | 18,528 |"), rows.get(2));
  }

  @Test
  void numbersAreGroupedAndRoundedForPeople() {
    assertEquals("-", Amounts.grouped(0));
    assertEquals("999", Amounts.grouped(999));
    assertEquals("1,000", Amounts.grouped(1000));
    assertEquals("9,223,372,036,854,775,807", Amounts.grouped(Long.MAX_VALUE));
    assertEquals("33.3 %", Amounts.percent(1, 3));
    assertEquals("0.0 %", Amounts.percent(0, 0));
    assertEquals("0.05x", Amounts.ratio(1, 20));
    assertEquals("1023 B", Amounts.bytes(1023));
    assertEquals("1.5 KiB", Amounts.bytes(1536));
    assertEquals("12.1 MiB", Amounts.bytes(12_688_832));
    assertEquals("8.0 EiB", Amounts.bytes(Long.MAX_VALUE));
  }

  @Test
  void aComparisonShowsWhereTheParametersSit() {
    String table = ComparisonFormat.TABLE.render(BOTH);
    assertTrue(table.contains("1,992,166             128,806,154\n"), table);
    assertTrue(table.contains("1.00x                  64.66x\n"), table);
    assertTrue(
        table.contains("Linear layers                                -    119,586,826 (92.8 %)"),
        table);
    assertTrue(
        ComparisonFormat.MARKDOWN
            .render(BOTH)
            .contains("| Largest layer | 4.0 Conv2d | 22 Linear |"));
  }

  @Test
  void aComparisonCarriesTheSameNumbersInCsvAndJson() throws IOException {
    List<String> lines = ComparisonFormat.CSV.render(BOTH).lines().toList();
    JsonNode networks =
        new ObjectMapper().readTree(ComparisonFormat.JSON.render(BOTH)).get("networks");
    assertEquals(3, lines.size());
    assertEquals(2, networks.size());
    JsonNode vgg = networks.get(1);
    assertEquals(128_806_154, vgg.get("parameters").asLong());
    assertEquals(119_586_826, vgg.get("groups").get("linear").get("parameters").asLong());
    assertTrue(
        lines.get(2).startsWith("vgg11,1x1x224x224,10,128806154," + vgg.get("multiply_adds")));
    List<String> header = List.of(lines.get(0).split(",", -1));
    String[] cells = lines.get(2).split(",", -1);
    assertEquals("119586826", cells[header.indexOf("parameters_linear")]);
  }

  @Test
  void aSummaryOfABatchIsPrintedForThatBatch() {
    Summary batch = Summary.of(Networks.NIN.build(), Shape.of(64, 1, 224, 224));
    String first = SummaryFormat.TORCH.render(batch).lines().findFirst().orElseThrow();
    assertEquals("Sequential output shape:\t torch.Size([64, 96, 54, 54])", first);
  }

  @Test
  void theArchitectureCanBeReadAgain() {
    String json = SummaryFormat.ARCHITECTURE.render(NIN);
    assertTrue(json.endsWith("}\n"), json);
    assertEquals(NIN.network(), NetworkJson.read(json, "summary"));
  }
}
