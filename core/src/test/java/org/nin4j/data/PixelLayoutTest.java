package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelLayoutTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_USHORT_565_RGB
      })
  void pixelsAreThoseThatJavaGivesOneByOne(int type) {
    check(new BufferedImage(7, 5, type));
  }

  /** As PNG files are decoded: red first. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void soTheyAreInTheOtherOrderOfBytes(int components) {
    boolean alpha = components == 4;
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 7, 5, components, null);
    check(new BufferedImage(model, raster, false, null));
  }

  @Test
  void soTheyAreInALinearColourSpace() {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 7, 5, 3, null);
    check(new BufferedImage(model, raster, false, null));
  }

  private static void check(BufferedImage image) {
    Random random = new Random(1);
    for (int i = 0; i < 35; i++) {
      image.setRGB(i % 7, i / 7, random.nextInt());
    }
    byte[] pixels = DecodedImage.of(image, 3).pixels();
    for (int i = 0; i < 35; i++) {
      int argb = image.getRGB(i % 7, i / 7);
      for (int c = 0; c < 3; c++) {
        int value = argb >> (16 - 8 * c) & 0xFF;
        double expected = value * (argb >>> 24) / 255.0;
        assertEquals(expected, pixels[c * 35 + i] & 0xFF, 0.5, "pixel " + i + ", channel " + c);
      }
    }
  }
}
