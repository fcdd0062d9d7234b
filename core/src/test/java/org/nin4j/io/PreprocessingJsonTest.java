package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.SubtractMean;

class PreprocessingJsonTest {
  private static final String ONE =
      "{\"channels\":1,\"steps\":[{\"type\":\"Resize\",\"height\":1,\"width\":2,"
          + "\"antialias\":false},{\"type\":\"SubtractMean\",\"channels\":1,\"height\":1,"
          + "\"width\":2,\"float32_base64\":\"AACAPgAAAD8=\"}]}";

  @Test
  void aMeanImageIsBase64OfItsFloatsLowestByteFirst() {
    Preprocessing how =
        Preprocessing.unit(1, 1, 2).then(new SubtractMean(1, 1, 2, new float[] {0.25f, 0.5f}));
    assertEquals(ONE, PreprocessingJson.write(how));
    assertEquals(how, PreprocessingJson.read(ONE, "test"));
  }

  @Test
  void theLargestMeanImageComesBackBitByBit() {
    float[] means = new float[750_000];
    Random random = new Random(1);
    for (int i = 0; i < means.length; i++) {
      means[i] = random.nextFloat();
    }
    Preprocessing how = Preprocessing.unit(3, 500, 500).then(new SubtractMean(3, 500, 500, means));
    assertEquals(how, PreprocessingJson.read(PreprocessingJson.write(how), "test"));
  }

  @Test
  void aDamagedMeanImageIsRefusedWithItsPath() {
    String path = "test: steps[1]";
    assertRefused(
        path + ".float32_base64 must be base64, but is \"AACAP!!\"", "AACAPgAAAD8=", "AACAP!!");
    assertRefused(
        path + ".float32_base64 has 1 bytes, which is not a number of 32-bit floats",
        "AACAPgAAAD8=",
        "AA==");
    assertRefused(
        path + " cannot be built: SubtractMean of 1x1x2 needs 2 means, but has 1",
        "AACAPgAAAD8=",
        "AACAPg==");
    assertRefused(
        path + " cannot be built: the means of SubtractMean must be finite, but one is NaN",
        "AACAPgAAAD8=",
        "AADAfwAAAD8=");
    assertRefused(path + ".float32_base64 is missing", "\"float32_base64\"", "\"values\"");
  }

  private static void assertRefused(String message, String from, String to) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> PreprocessingJson.read(ONE.replace(from, to), "test"))
            .getMessage());
  }
}
