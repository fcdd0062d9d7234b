package org.nin4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that a model adds, each of which may be left out, in the order of their mention. */
final class OutputColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType schema; // of the input and the added columns
  private final String[] classes;
  private final boolean rawPrediction;
  private final boolean probability;
  private final boolean prediction;
  private final boolean predictedLabel;

  /**
   * Adds the columns to a schema.
   *
   * @param classes the names of the classes
   * @throws IllegalArgumentException when the schema has such a column already
   */
  OutputColumns(StructType input, NinParams<?> params, List<String> classes) {
    this.classes = classes.toArray(new String[0]);
    List<StructField> fields = new ArrayList<>(Arrays.asList(input.fields()));
    rawPrediction = add(fields, "rawPredictionCol", params.getRawPredictionCol(), this::vector);
    probability = add(fields, "probabilityCol", params.getProbabilityCol(), this::vector);
    prediction = add(fields, "predictionCol", params.getPredictionCol(), this::index);
    predictedLabel =
        add(
            fields,
            "predictedLabelCol",
            params.getPredictedLabelCol(),
            name -> DataTypes.createStructField(name, DataTypes.StringType, true));
    schema = new StructType(fields.toArray(new StructField[0]));
  }

  /** Makes a column of a name. */
  private interface Added {
    StructField named(String name);
  }

  private static boolean add(
      List<StructField> fields, String parameter, String name, Added column) {
    if (name.isEmpty()) {
      return false;
    }
    SchemaColumns.requireAbsent(
        new StructType(fields.toArray(new StructField[0])), parameter, name);
    fields.add(column.named(name));
    return true;
  }

  private StructField vector(String name) {
    return new AttributeGroup(name, classes.length).toStructField();
  }

  private StructField index(String name) {
    return NominalAttribute.defaultAttr().withName(name).withValues(classes).toStructField();
  }

  /** The schema with the columns, and with what MLlib says of them in metadata. */
  StructType schema() {
    return schema;
  }

  /** Returns the rows with the metadata of the schema, which are lost where rows are mapped. */
  Dataset<Row> described(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(schema.fields())
            .map(field -> SchemaColumns.column(field.name()).as(field.name(), field.metadata()))
            .toArray(Column[]::new));
  }

  /** Returns a row with what was computed for it. */
  Row classified(Row input, float[] logits, float[] probabilities, int predicted) {
    return row(input, logits, probabilities, predicted, classes[predicted]);
  }

  /** Returns a row for which nothing could be computed: NaN, and no label. */
  Row unclassified(Row input) {
    float[] none = new float[classes.length];
    Arrays.fill(none, Float.NaN);
    return row(input, none, none, Double.NaN, null);
  }

  private Row row(Row input, float[] logits, float[] probabilities, double index, String label) {
    Object[] values = new Object[schema.length()];
    int next = 0;
    while (next < input.length()) {
      values[next] = input.get(next);
      next++;
    }
    if (rawPrediction) {
      values[next++] = Vectors.dense(doubles(logits));
    }
    if (probability) {
      values[next++] = Vectors.dense(doubles(probabilities));
    }
    if (prediction) {
      values[next++] = index;
    }
    if (predictedLabel) {
      values[next] = label;
    }
    return RowFactory.create(values);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
