package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.nin4j.Classifier;
import org.nin4j.io.BlockModel;
import org.nin4j.io.Model;

class ClassifiedRowsTest {
  private static final Model MODEL = BlockModel.plain();

  @Test
  void aRowIsReadWhenItIsAskedFor() {
    AtomicInteger read = new AtomicInteger();
    Iterator<Row> rows =
        IntStream.range(0, 5000)
            .peek(row -> read.incrementAndGet())
            .mapToObj(row -> row(new byte[64]))
            .iterator();
    try (Classifier classifier = Classifier.of(MODEL)) {
      Iterator<Row> classified = classified(rows, "error", classifier);
      for (int i = 1; i <= 5000; i++) {
        classified.next();
        assertEquals(i, read.get());
      }
      assertFalse(classified.hasNext());
      assertThrows(NoSuchElementException.class, classified::next);
    }
  }

  @Test
  void rowsAtTheEndThatAreSkippedAreNoRows() {
    try (Classifier classifier = Classifier.of(MODEL)) {
      Iterator<Row> classified =
          classified(
              IntStream.range(0, 5).mapToObj(i -> row(new byte[i % 3 == 1 ? 64 : 63])).iterator(),
              "skip",
              classifier);
      classified.next();
      classified.next();
      assertFalse(classified.hasNext());
    }
  }

  private static Row row(byte[] pixels) {
    return RowFactory.create(RowFactory.create("", 8, 8, 1, 0, pixels));
  }

  private static Iterator<Row> classified(
      Iterator<Row> rows, String handleInvalid, Classifier classifier) {
    return new ClassifiedRows(
        rows,
        ImageColumn.of(ImageSchema.imageSchema(), "image"),
        new OutputColumns(ImageSchema.imageSchema(), new NinClassificationModel(), MODEL.classes()),
        handleInvalid,
        new RowClassifier(classifier));
  }
}
