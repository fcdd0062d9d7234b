package org.nin4j.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.nin4j.engine.Weights;
import org.nin4j.evaluate.Evaluator;
import org.nin4j.io.Model;
import org.nin4j.train.ShardSpec;
import scala.Tuple2;

/**
 * Classifies the images of a partition.
 *
 * @param id the training
 * @param training the training's message
 * @param weights the weights of the model
 */
record EvaluationTask(String id, Broadcast<byte[]> training, Broadcast<byte[]> weights)
    implements FlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, byte[]> {
  @Override
  public Iterator<byte[]> call(Iterator<Tuple2<Integer, byte[]>> images) {
    List<byte[]> packed = new ArrayList<>();
    images.forEachRemaining(image -> packed.add(image._2()));
    if (packed.isEmpty()) {
      return Collections.singleton(new byte[0]).iterator();
    }
    ExecutorTraining own = ExecutorTrainings.get(id, training.value());
    TrainingMessage message = own.message();
    ShardSpec spec = own.spec();
    Weights loaded = Weights.zeros(spec.network());
    WeightsBytes.read(weights.value(), loaded);
    Model model =
        new Model(spec.network(), loaded, message.classes(), spec.preprocessing(), Map.of());
    LabelledSet dataset =
        new LabelledSet(
            "partition",
            packed.stream().mapToInt(PackedImage::label).toArray(),
            message.classes(),
            message.channels(),
            index -> PackedImage.image(packed.get(index), message.channels()));
    int threads = TaskContext.get().cpus();
    try (Evaluator evaluator =
        new Evaluator(own.engine(), spec.precision(), model, dataset, threads)) {
      return Collections.singleton(
              ImageResultBytes.of(evaluator.evaluate(model.weights()).results()))
          .iterator();
    }
  }
}
