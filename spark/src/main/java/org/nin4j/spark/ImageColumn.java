package org.nin4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType$;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;
import org.nin4j.error.InvalidFileException;

/**
 * The column of images of a data set: either Spark's image struct, which {@code
 * spark.read().format("image")} makes, or the bytes of image files, which {@code
 * spark.read().format("binaryFile")} calls {@code content}.
 */
final class ImageColumn implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long MAX_PIXELS = 64_000_000; // as core's ImageFiles, unless told otherwise
  private static final String PATH = "path"; // as the source binaryFile calls it

  private final String name;
  private final int index;
  private final ImageStruct struct; // null for bytes
  private final int path; // index of the column of paths, -1 for none

  private ImageColumn(String name, int index, ImageStruct struct, int path) {
    this.name = name;
    this.index = index;
    this.struct = struct;
    this.path = path;
  }

  /**
   * Finds the column in a schema.
   *
   * @param schema of the rows that will be read
   * @param name of the column
   * @throws IllegalArgumentException when there is no such column, or it is of another type
   */
  static ImageColumn of(StructType schema, String name) {
    StructField field = SchemaColumns.require(schema, "inputCol", name);
    int index = schema.fieldIndex(name);
    if (field.dataType().equals(BinaryType$.MODULE$)) {
      return new ImageColumn(name, index, null, pathIn(schema));
    }
    if (field.dataType() instanceof StructType type && isImage(type)) {
      return new ImageColumn(name, index, new ImageStruct(type), -1);
    }
    throw SchemaColumns.mistyped(
        "inputCol",
        name,
        "Spark's image struct ("
            + ImageSchema.columnSchema().simpleString()
            + ") or binary (the bytes of image files)",
        field.dataType());
  }

  /** Returns whether a struct has the fields of an image, in whatever order, nullable or not. */
  private static boolean isImage(StructType type) {
    return Arrays.stream(ImageSchema.columnSchema().fields())
        .allMatch(
            expected ->
                Arrays.asList(type.fieldNames()).contains(expected.name())
                    && type.apply(expected.name()).dataType().equals(expected.dataType()));
  }

  private static int pathIn(StructType schema) {
    boolean hasPath =
        Arrays.asList(schema.fieldNames()).contains(PATH)
            && schema.apply(PATH).dataType().equals(StringType$.MODULE$);
    return hasPath ? schema.fieldIndex(PATH) : -1;
  }

  /** Returns the type of the column, for messages and for a column that is derived from it. */
  DataType type() {
    return struct == null ? BinaryType$.MODULE$ : struct.type();
  }

  /**
   * Decodes the image of a row to the pixels that {@link ImageFiles} reads from its file. Of a
   * struct that holds only if Spark's reader has kept them: it ignores the orientation that a
   * camera writes into a file, and the transparency and the upper byte of grey images.
   *
   * @param row a row of the schema
   * @param channels 1 for grey, 3 for red, green, blue
   * @throws InvalidImageException when the row has no image, or one that cannot be decoded
   * @throws UncheckedIOException when memory does not suffice
   */
  DecodedImage decode(Row row, int channels) throws InvalidImageException {
    if (row.isNullAt(index)) {
      throw invalid(row, "is null");
    }
    try {
      return struct == null
          ? ImageFiles.read(row.<byte[]>getAs(index), channels, MAX_PIXELS)
          : struct.decode(row.getStruct(index), channels);
    } catch (InvalidFileException | IllegalArgumentException e) {
      throw invalid(row, predicate(e));
    } catch (IOException e) {
      throw new UncheckedIOException(sentence(row, predicate(e)), e);
    }
  }

  /** Returns the message of an exception that begins with "the image" without its beginning. */
  private static String predicate(Exception e) {
    return e.getMessage().replaceFirst("^the image:? (the image )?", "");
  }

  /** Returns an exception about the image of a row. */
  InvalidImageException invalid(Row row, String complaint) {
    return new InvalidImageException(sentence(row, complaint));
  }

  private String sentence(Row row, String predicate) {
    String origin = origin(row);
    return String.format(
        Locale.ROOT,
        "the image in column '%s'%s %s",
        name,
        origin == null ? "" : " of " + origin,
        predicate);
  }

  /** Returns the path or URI of a row's image, or null where it is not known. */
  private String origin(Row row) {
    if (struct == null) {
      return path < 0 || row.isNullAt(path) ? null : row.getString(path);
    }
    return row.isNullAt(index) ? null : struct.origin(row.getStruct(index));
  }
}
