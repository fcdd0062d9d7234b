package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.data.ImageBytes.encode;
import static org.nin4j.data.ImageBytes.redAndBlue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

/** Files of images that end too early or have other bytes in them. */
class DamagedImagesTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("picture");
  }

  /** The check without decoding must not accept a truncated file. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "progressive"})
  void theCheckWithoutDecodingAcceptsOnlyCompleteFiles(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1200; i++) {
      image.setRGB(i % 40, i / 40, i * 7919);
    }
    byte[] whole = format.equals("progressive") ? progressive(image) : encode(image, format);
    boolean png = format.equals("png");
    assertTrue(
        png
            ? PngChunks.sizeIfIntact(whole).isPresent()
            : JpegHeader.readToEnd(whole).flatMap(JpegHeader::sizeIfIntact).isPresent());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertTrue(
          png
              ? PngChunks.sizeIfIntact(cut).isEmpty()
              : JpegHeader.readToEnd(cut).flatMap(JpegHeader::sizeIfIntact).isEmpty(),
          "cut to " + length);
    }
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  @Test
  void theCheckOfAPngDetectsAnyDamage() throws IOException {
    byte[] whole = encode(redAndBlue(), "png");
    for (int i = 8; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 4;
      assertTrue(PngChunks.sizeIfIntact(damaged).isEmpty(), "byte " + i);
    }
  }

  @Test
  void aLargeJpegIsNotDecodedForItsSize() throws IOException {
    byte[] jpeg = encode(new BufferedImage(700, 500, BufferedImage.TYPE_INT_RGB), "jpeg");
    int tables = 0; // of Huffman codes
    while ((jpeg[tables] & 0xFF) != 0xFF || (jpeg[tables + 1] & 0xFF) != 0xC4) {
      tables++;
    }
    jpeg[tables + 4] = 0x77; // there are no such tables
    Files.write(file, jpeg);
    assertEquals(new ImageSize(500, 700), ImageFiles.size(file, jpeg));
    assertThrows(InvalidFileException.class, () -> ImageFiles.read(file, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif", "tiff"})
  void whateverIsInAFileItIsReadOrRefused(String format) throws IOException {
    byte[] whole = encode(redAndBlue(), format);
    Random random = new Random(7);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int flip = random.nextInt(6); flip > 0; flip--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      boolean accepted = false;
      try {
        ImageFiles.size(file, damaged);
        accepted = true;
        ImageFiles.read(file, 3);
      } catch (InvalidFileException e) {
        assertFalse(accepted, e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
  }
}
