package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

class BlockArtTest {
  @Test
  void imagesOfSeveralSizesAreDrawnInColumnsOfTheWidest() {
    StringWriter drawn = new StringWriter();
    PrintWriter out = new PrintWriter(drawn);
    new BlockArt(out, false).print(new Bars(), 2);
    out.flush();
    assertEquals(
        List.of("", "bar   bar   ", "\u2588     \u2588\u2588\u2588\u2588  ", "\u2580           "),
        drawn.toString().lines().toList());
  }

  /** A white column of three pixels, and two white rows of four. */
  private static final class Bars implements ImageDataset {
    @Override
    public String name() {
      return "bars";
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public List<String> classes() {
      return List.of("bar");
    }

    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public DecodedImage image(int index) {
      byte[] pixels = new byte[index == 0 ? 3 : 8];
      Arrays.fill(pixels, (byte) 255);
      return index == 0 ? new DecodedImage(1, 3, 1, pixels) : new DecodedImage(1, 2, 4, pixels);
    }
  }
}
