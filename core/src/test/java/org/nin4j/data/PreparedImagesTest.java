package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PreparedImagesTest {
  private final ImageDataset sample = Datasets.sample().train();

  @Test
  void imagesThatKeepTheirSizeKeepTheirPixels() {
    Preprocessing preprocessing =
        Preprocessing.unit(1, 28, 28).then(new Normalize(List.of(0.286f), List.of(0.353f)));
    ImageDataset prepared = new PreparedImages(sample, preprocessing, List.of(), 1, 0);
    for (int i = 0; i < 50; i++) {
      assertArrayEquals(sample.image(i).pixels(), prepared.image(i).pixels());
      assertEquals(sample.label(i), prepared.label(i));
    }
  }

  @Test
  void theyAreThoseOfTheEpoch() {
    Normalize normalize = new Normalize(List.of(0f, 0.5f, 1f), List.of(1f, 2f, 3f));
    Preprocessing preprocessing = Preprocessing.unit(3, 9, 7).then(normalize);
    List<Augmentation> steps =
        List.of(new AlternatingFlip(), new RandomCrop(3), new RandomErasing());
    ImageDataset prepared = new PreparedImages(sample, preprocessing, steps, 5, 3);
    assertEquals(new ImageSize(9, 7), prepared.commonSize().orElseThrow());
    DataLoader loader = DataLoader.shuffled(sample, preprocessing, 100, steps, 5);
    try (Epoch epoch = loader.epoch(3, 0)) {
      Batch batch = epoch.next();
      for (int i = 0; i < 100; i++) {
        DecodedImage image = prepared.image(batch.indices()[i]);
        for (int p = 0; p < 189; p++) {
          int c = p / 63;
          float level =
              batch.images()[i * 189 + p] * normalize.std().get(c) + normalize.mean().get(c);
          assertEquals(255 * level, image.pixels()[p] & 0xFF, 0.501f);
        }
      }
    }
  }
}
