package org.nin4j.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.nin4j.data.DecodedImage;
import org.nin4j.error.InvalidModelException;

/** Rows that are classified one by one, as they are asked for; none but the next is in memory. */
final class ClassifiedRows implements Iterator<Row> {
  private static final String REMEDY =
      "; set handleInvalid to skip to leave such rows out, or to keep to keep them without a class";

  private final Iterator<Row> rows;
  private final ImageColumn images;
  private final OutputColumns output;
  private final String handleInvalid;
  private final RowClassifier classifier;
  private Row next;

  /**
   * @param handleInvalid what is done about an image that cannot be decoded: error, skip or keep
   */
  ClassifiedRows(
      Iterator<Row> rows,
      ImageColumn images,
      OutputColumns output,
      String handleInvalid,
      RowClassifier classifier) {
    this.rows = rows;
    this.images = images;
    this.output = output;
    this.handleInvalid = handleInvalid;
    this.classifier = classifier;
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      next = classified(rows.next());
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more rows");
    }
    Row row = next;
    next = null;
    return row;
  }

  /** Returns the row with its classes, or null if it is skipped. */
  private Row classified(Row row) {
    DecodedImage image;
    try {
      image = image(row);
    } catch (InvalidImageException e) {
      return switch (handleInvalid) {
        case "skip" -> null;
        case "keep" -> output.unclassified(row);
        default -> throw TaskFailure.of(e.getMessage() + REMEDY);
      };
    }
    try {
      int predicted = classifier.classify(image);
      return output.classified(row, classifier.logits(), classifier.probabilities(), predicted);
    } catch (InvalidModelException e) {
      throw TaskFailure.of(e.getMessage());
    }
  }

  private DecodedImage image(Row row) throws InvalidImageException {
    DecodedImage image = images.decode(row, classifier.channels());
    if (image.height() < 2 || image.width() < 2) {
      throw images.invalid(
          row,
          "has " + image.width() + " x " + image.height() + " pixels, too few to show anything");
    }
    return image;
  }
}
