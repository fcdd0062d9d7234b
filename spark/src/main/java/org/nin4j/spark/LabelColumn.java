package org.nin4j.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The column of labels, and the classes that they stand for. A label of text is the name of a
 * class, a number the index of one.
 */
final class LabelColumn implements Serializable {
  private static final long serialVersionUID = 1;

  private final String name;
  private final String[] classes;

  /** Null for numbers. */
  private final HashMap<String, Integer> indices;

  private LabelColumn(String name, String[] classes, boolean text) {
    this.name = name;
    this.classes = classes;
    indices = text ? new HashMap<>() : null;
    for (int i = 0; text && i < classes.length; i++) {
      indices.put(classes[i], i);
    }
  }

  /**
   * Requires a column of text or numbers.
   *
   * @throws IllegalArgumentException when there is no such column, or it is of another type
   */
  static StructField require(StructType schema, String name) {
    StructField field = SchemaColumns.require(schema, "labelCol", name);
    if (!(field.dataType() instanceof StringType || field.dataType() instanceof NumericType)) {
      throw SchemaColumns.mistyped(
          "labelCol",
          name,
          "string (the names of classes) or numeric (their indices)",
          field.dataType());
    }
    return field;
  }

  /**
   * Determines the classes.
   *
   * @param field the column
   * @param classNames the names of the classes, in order; empty for those of the labels
   * @param trained the different labels of the images to train on, in the order of the classes
   * @throws IllegalArgumentException when a label cannot be that of a class
   */
  static LabelColumn of(StructField field, String[] classNames, List<Object> trained) {
    String name = field.name();
    if (trained.isEmpty()) {
      throw new IllegalArgumentException("there are no images to train on");
    }
    if (trained.contains(null)) {
      throw new IllegalArgumentException("a label in column '" + name + "' is null");
    }
    boolean text = field.dataType() instanceof StringType;
    String[] classes = classNames;
    if (classes.length == 0) {
      classes = text ? trained.toArray(String[]::new) : named(field, trained);
    }
    if (classes.length < 2) {
      throw new IllegalArgumentException(
          "all labels in column '" + name + "' are '" + classes[0] + "'; two classes are needed");
    }
    LabelColumn column = new LabelColumn(name, classes, text);
    trained.forEach(column::index);
    return column;
  }

  /** The names of the classes of numeric labels: those that MLlib has noted, else the numbers. */
  private static String[] named(StructField field, List<Object> labels) {
    Attribute attribute = Attribute.fromStructField(field);
    if (attribute instanceof NominalAttribute nominal && nominal.values().isDefined()) {
      return nominal.values().get();
    }
    int largest = -1;
    for (Object label : labels) {
      largest = Math.max(largest, whole(field.name(), (Number) label));
    }
    return IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toArray(String[]::new);
  }

  private static int whole(String name, Number label) {
    int index = label.intValue();
    if (index != label.doubleValue() || index < 0) {
      throw new IllegalArgumentException(
          "the label "
              + label
              + " in column '"
              + name
              + "' is not the index of a class, which is 0 or a whole number above");
    }
    return index;
  }

  List<String> classes() {
    return List.of(classes);
  }

  /**
   * Returns the index of a label's class.
   *
   * @throws IllegalArgumentException when there is no such class
   */
  int index(Object label) {
    if (label == null) {
      throw new IllegalArgumentException("a label in column '" + name + "' is null");
    }
    if (indices != null) {
      Integer index = indices.get((String) label);
      if (index == null) {
        throw unseen("'" + label + "'");
      }
      return index;
    }
    int index = whole(name, (Number) label);
    if (index >= classes.length) {
      throw unseen(label.toString());
    }
    return index;
  }

  private IllegalArgumentException unseen(String label) {
    return new IllegalArgumentException(
        String.format(
            "the label %s in column '%s' is that of none of the %d classes: %s%s",
            label,
            name,
            classes.length,
            String.join(", ", List.of(classes).subList(0, Math.min(10, classes.length))),
            classes.length > 10 ? ", ..." : ""));
  }
}
