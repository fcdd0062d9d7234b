package org.nin4j.spark;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** stub */
final class NinClassificationModel extends Model<NinClassificationModel> {
  private static final long serialVersionUID = 1;

  @Override
  public String uid() {
    return "x";
  }

  @Override
  public Dataset<Row> transform(Dataset<?> d) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StructType transformSchema(StructType s) {
    return s;
  }

  @Override
  public NinClassificationModel copy(ParamMap p) {
    return this;
  }
}
