package org.nin4j.spark;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns that a schema must have, or must not have yet. */
final class SchemaColumns {
  private SchemaColumns() {}

  /** Returns whether a schema has a column. */
  static boolean has(StructType schema, String name) {
    return Arrays.asList(schema.fieldNames()).contains(name);
  }

  /**
   * Returns a column.
   *
   * @param parameter the parameter that names the column
   * @throws IllegalArgumentException when there is none of that name
   */
  static StructField require(StructType schema, String parameter, String name) {
    if (!has(schema, name)) {
      throw new IllegalArgumentException(
          parameter
              + " is '"
              + name
              + "', but there is no such column; there are: "
              + String.join(", ", schema.fieldNames()));
    }
    return schema.apply(name);
  }

  /**
   * Returns an exception about a column of the wrong type.
   *
   * @param expected the types that it might have
   */
  static IllegalArgumentException mistyped(
      String parameter, String name, String expected, DataType found) {
    return new IllegalArgumentException(
        parameter
            + " is '"
            + name
            + "', which must be "
            + expected
            + ", but is "
            + found.simpleString());
  }

  /**
   * Checks that a column can be added.
   *
   * @throws IllegalArgumentException when there is one of that name already
   */
  static void requireAbsent(StructType schema, String parameter, String name) {
    if (has(schema, name)) {
      throw new IllegalArgumentException(
          parameter
              + " is '"
              + name
              + "', but there is such a column already; drop it, or set "
              + parameter
              + " to another name or to \"\" for none");
    }
  }

  /** Returns a column whose name may have any characters. */
  static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
