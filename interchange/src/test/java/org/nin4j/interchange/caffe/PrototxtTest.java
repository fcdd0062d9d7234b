package org.nin4j.interchange.caffe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;

class PrototxtTest {
  @TempDir Path folder;

  private CaffeMessage read(String text) throws IOException {
    return Prototxt.read(Files.writeString(folder.resolve("net.prototxt"), text));
  }

  private void assertRefused(String complaint, String text) {
    InvalidFileException refused = assertThrows(InvalidFileException.class, () -> read(text));
    assertEquals(
        folder.resolve("net.prototxt") + ": cannot be read: " + complaint + "; correct it there",
        refused.getMessage());
  }

  @Test
  void whatIsNotKnownIsSkippedWithoutAWordAndTheRestIsRead() throws IOException {
    CaffeMessage net =
        read(
            """
            # a comment { with a brace
            name: 'two' " words"
            force_backward: true  solver: [1, 2, "]"]
            [ext.of.someone] { a: 1 }
            layer {
              name: "conv" type: "Convolution"; top: "c",
              param { lr_mult: 1 decay_mult: -1.5e3 } param: < lr_mult: 2 >
              convolution_param <
                num_output: 0x10 weight_filler { type: "a } b" unknown { x { } } }
                kernel_size: [3, 5] engine: CAFFE
              >
            }
            """);
    assertEquals("two words", net.text("name"));
    CaffeMessage layer = net.messages("layer").get(0);
    assertEquals("Convolution", layer.text("type"));
    assertEquals(16, layer.message("convolution_param").number("num_output", 0));
    assertEquals(List.of(3L, 5L), layer.message("convolution_param").numbers("kernel_size"));
  }

  @Test
  void bracesThatDoNotMatchAreNamedWithLineAndColumn() {
    assertRefused(
        "line 2, column 7: this brace is never closed; the file may be cut off",
        "name: \"x\"\nlayer {\n  pooling_param { pool: MAX }\n");
    assertRefused("line 1, column 10: '}' closes nothing", "layer { }}");
    assertRefused(
        "line 1, column 9: '>' does not close the brace before it", "layer { >");
    assertRefused(
        "line 1, column 7: this quote is never closed", "name: \"x\nlayer { }");
    assertRefused(
        "line 1, column 9: this bracket is never closed; the file may be cut off", "unknown:[1, 2");
    assertRefused(
        "line 1, column 1: the value of this field is missing; the file may be cut off", "name:");
    assertRefused("line 1, column 7: a name or a value is missing here", "name: }");
    assertRefused("line 1, column 8: the file is cut off", "level:-");
  }

  @Test
  void valuesThatCannotBeAreNamedWithLineAndColumn() {
    for (String wrong :
        List.of(
            "layers { type: CONVOLUTE }",
            "layer { pooling_param { kernel_size: -1 } }",
            "layer { pooling_param { kernel_size: 4294967296 } }",
            "layer { pooling_param { kernel_size: 3 kernel_size: 3 } }",
            "layer { pooling_param { global_pooling: maybe } }",
            "layer { dropout_param { dropout_ratio: half } }",
            "layer { name: 7 }",
            "layer: 7",
            "name { }",
            "layer \"x\"",
            "layer { name \"x\" }")) {
      InvalidFileException refused =
          assertThrows(InvalidFileException.class, () -> read("\n" + wrong), wrong);
      assertTrue(
          refused.getMessage().contains(": cannot be read: line 2, column "),
          refused.getMessage());
    }
  }

  @Test
  void aHundredThousandBracesOverflowNothing() {
    String deep = "layer {".repeat(100_000);
    assertRefused("line 1, column 357: messages are nested more than 50 deep", deep);
    String unknown = "x {".repeat(100_000) + "}".repeat(100_000);
    assertRefused("line 1, column 153: messages are nested more than 50 deep", unknown);
    assertRefused("line 1, column 4: lists of messages are not supported; repeat the field instead",
        "x:" + "[".repeat(100_000));
  }

  @Test
  void textsNumbersAndFilesHaveBounds() throws IOException {
    assertRefused(
        "line 1, column 7: this text is longer than 1000 characters",
        "name: \"" + "n".repeat(100_000) + "\"");
    assertRefused(
        "line 1, column 450007: there are more than 50000 messages", "layer { }".repeat(60_000));
    Path large = folder.resolve("net.prototxt");
    Files.writeString(large, "layer{}".repeat(1_000_000));
    assertEquals(
        large
            + ": is larger than the 1048576 bytes that a network's definition may have; is it the"
            + " right file?",
        assertThrows(InvalidFileException.class, () -> Prototxt.read(large)).getMessage());
    Files.write(large, new byte[] {(byte) 0xFF, 'x', ':', 1, '#', (byte) 0xE9});
    assertEquals(List.of(), Prototxt.read(large).messages("layer"));
  }
}
