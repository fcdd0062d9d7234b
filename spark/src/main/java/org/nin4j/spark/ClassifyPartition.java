package org.nin4j.spark;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Classifies the images of a partition, each when its row is asked for. */
final class ClassifyPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final ModelBroadcast model;
  private final String precision;
  private final ImageColumn images;
  private final OutputColumns output;
  private final String handleInvalid;

  ClassifyPartition(
      ModelBroadcast model, ImageColumn images, OutputColumns output, NinParams<?> params) {
    this.model = model;
    this.images = images;
    this.output = output;
    precision = params.getInferencePrecision();
    handleInvalid = params.getHandleInvalid();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ExecutorModels.Lease lease;
    try {
      lease = ExecutorModels.lease(model.digest(), precision, model::file);
    } catch (IOException | RuntimeException e) {
      throw TaskFailure.of("the model cannot be used on an executor: " + e.getMessage());
    }
    TaskCompletionListener release = context -> lease.close();
    TaskContext.get().addTaskCompletionListener(release);
    return new ClassifiedRows(
        rows, images, output, handleInvalid, new RowClassifier(lease.classifier()));
  }
}
