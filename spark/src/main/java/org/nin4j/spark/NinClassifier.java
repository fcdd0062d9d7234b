package org.nin4j.spark;

import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.nin4j.train.TrainingResult;

/** An estimator. */
final class NinClassifier extends Estimator<NinClassificationModel>
    implements NinTrainingParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  public NinClassifier() {
    this(Identifiable$.MODULE$.randomUID("nin"));
  }

  public NinClassifier(String uid) {
    this.uid = uid;
    ParamDefaults.training(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public NinClassificationModel fit(Dataset<?> dataset) {
    TrainingResult result = new ClusterTraining(this).run(dataset, Optional.empty());
    throw new UnsupportedOperationException(result.toString());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    TrainingRows.check(schema, this);
    return schema;
  }

  @Override
  public NinClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
