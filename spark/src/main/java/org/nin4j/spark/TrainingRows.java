package org.nin4j.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a training in the order of their ids. Without ids the order is that of the SHA-256 of
 * what is in the column of images, then of the labels: the same images always have the same order.
 *
 * @param sorted the rows in order
 * @param labels the column of labels and the classes
 * @param hasIds whether there is a column of ids
 * @param params the names of the columns
 */
record TrainingRows(
    Dataset<Row> sorted, LabelColumn labels, boolean hasIds, NinTrainingParams params) {
  private static final String LABEL = "nin4j_label";
  private static final String TEST = "nin4j_test";
  private static final String ID = "nin4j_id";

  /** As the source binaryFile calls the column of paths, for messages. */
  private static final String PATH = "path";

  /**
   * Checks the columns that a training needs.
   *
   * @throws IllegalArgumentException when one is missing or of another type
   */
  static void check(StructType schema, NinTrainingParams params) {
    ImageColumn.of(schema, params.getInputCol());
    LabelColumn.require(schema, params.getLabelCol());
    String test = params.getValidationIndicatorCol();
    if (!test.isEmpty()) {
      StructField field = SchemaColumns.require(schema, "validationIndicatorCol", test);
      if (!field.dataType().equals(DataTypes.BooleanType)) {
        throw SchemaColumns.mistyped("validationIndicatorCol", test, "boolean", field.dataType());
      }
    }
    if (params.isDefined(params.idCol())) {
      SchemaColumns.require(schema, "idCol", params.getIdCol());
    }
  }

  /**
   * Determines the classes, for which the labels are read, and plans to sort.
   *
   * @throws IllegalArgumentException when a column or a label is not what it should be
   */
  static TrainingRows of(Dataset<?> dataset, NinTrainingParams params, ClusterJobs jobs) {
    StructType schema = dataset.schema();
    check(schema, params);
    String test = params.getValidationIndicatorCol();
    boolean hasIds = params.isDefined(params.idCol());
    List<Column> columns = new ArrayList<>();
    columns.add(SchemaColumns.column(params.getInputCol()));
    columns.add(SchemaColumns.column(params.getLabelCol()).as(LABEL));
    columns.add((test.isEmpty() ? functions.lit(false) : SchemaColumns.column(test)).as(TEST));
    if (hasIds) {
      columns.add(SchemaColumns.column(params.getIdCol()).as(ID));
    }
    if (SchemaColumns.has(schema, PATH) && !params.getInputCol().equals(PATH)) {
      columns.add(SchemaColumns.column(PATH));
    }
    Dataset<Row> rows = dataset.select(columns.toArray(Column[]::new));
    LabelColumn labels = labels(rows, schema, params, jobs);
    List<Column> order =
        hasIds ? List.of(functions.col(ID)) : content(rows.schema(), params.getInputCol());
    return new TrainingRows(rows.sort(order.toArray(Column[]::new)), labels, hasIds, params);
  }

  private static List<Column> content(StructType schema, String image) {
    List<Column> order = new ArrayList<>();
    if (schema.apply(image).dataType() instanceof StructType) {
      order.add(functions.sha2(SchemaColumns.column(image).getField("data"), 256));
      for (String field : List.of("height", "width", "nChannels", "mode")) {
        order.add(SchemaColumns.column(image).getField(field));
      }
    } else {
      order.add(functions.sha2(SchemaColumns.column(image), 256));
    }
    order.add(functions.col(LABEL));
    order.add(functions.col(TEST));
    return order;
  }

  private static LabelColumn labels(
      Dataset<Row> rows, StructType schema, NinTrainingParams params, ClusterJobs jobs) {
    List<Object> trained = new ArrayList<>();
    List<Object> tested = new ArrayList<>();
    Dataset<Row> different = rows.select(LABEL, TEST).distinct().sort(LABEL);
    for (Row row : jobs.waitFor("reading the labels", different::collectAsList)) {
      if (row.isNullAt(1)) {
        throw new IllegalArgumentException(
            "column '"
                + params.getValidationIndicatorCol()
                + "' has a null, which says neither to train on an image nor to test on it");
      }
      (row.getBoolean(1) ? tested : trained).add(row.get(0));
    }
    LabelColumn labels =
        LabelColumn.of(schema.apply(params.getLabelCol()), params.getClassNames(), trained);
    for (Object label : tested) {
      if (label != null && !trained.contains(label)) {
        throw new IllegalArgumentException(
            String.format(
                "the label '%s' in column '%s' is only that of images to test on, so it cannot be"
                    + " learned; train on some of them, or leave them out",
                label, params.getLabelCol()));
      }
      labels.index(label);
    }
    if (!params.getValidationIndicatorCol().isEmpty() && tested.isEmpty()) {
      throw new IllegalArgumentException(
          "column '"
              + params.getValidationIndicatorCol()
              + "' is true for no row, so there is no image to test on; without"
              + " validationIndicatorCol a tenth of the images is held out");
    }
    return labels;
  }

  /**
   * Sorts the rows, as far as Spark does not put it off, and plans to decode the images.
   *
   * @param channels 1 or 3; 0 to keep an image as grey if it is
   * @return an element for each row, as {@link PackedImage} has it
   */
  JavaRDD<byte[]> decoded(int channels, ClusterJobs jobs) {
    StructType schema = sorted.schema();
    DecodeRows decode =
        new DecodeRows(
            ImageColumn.of(schema, params.getInputCol()),
            labels,
            schema.fieldIndex(LABEL),
            schema.fieldIndex(TEST),
            hasIds ? schema.fieldIndex(ID) : -1,
            hasIds ? params.getIdCol() : "",
            channels);
    return jobs.waitFor("sorting the rows", sorted::toJavaRDD).mapPartitions(decode);
  }
}
