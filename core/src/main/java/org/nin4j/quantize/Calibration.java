package org.nin4j.quantize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.internal.Workers;
import org.nin4j.io.Model;
import org.nin4j.nn.PlacedLayer;

/**
 * Runs images through a model, in fp32, and observes the input of each layer that computes in
 * integers: the output of the layer before it. The result does not depend on the number of threads.
 */
final class Calibration implements AutoCloseable {
  private static final int BATCH = 64;
  private static final long SEED = 1;

  private final DataLoader loader;
  private final int images;
  private final Workers workers;
  private final InferenceReplicas replicas;
  private final List<String> layers = new ArrayList<>(); // that compute in integers
  private final List<Integer> outputs = new ArrayList<>(); // what each is given; -1: the image
  private final float[][][] values; // by worker and layer
  private final int perImage;
  private final int classes;

  Calibration(Engine engine, Model model, ImageDataset dataset, int images, int threads) {
    this.images = images;
    int batch = Math.min(BATCH, images);
    loader = DataLoader.shuffled(dataset, model.preprocessing(), batch, List.of(), SEED);
    List<String> kept = new ArrayList<>();
    String before = null;
    for (PlacedLayer placed : model.network().layers().leaves()) {
      if (Quantization.isQuantizable(placed)) {
        layers.add(placed.path());
        outputs.add(before == null ? -1 : kept.size());
        if (before != null) {
          kept.add(before);
        }
      }
      before = placed.path();
    }
    PlanSpec spec = PlanSpec.of(model.network(), 1, Precision.FP32).withOutputs(kept);
    perImage = Math.toIntExact(model.network().input().elements());
    classes = model.network().classes();
    replicas = new InferenceReplicas(engine, spec, threads);
    replicas.load(model.weights());
    workers = new Workers(threads, "nin4j-calibration");
    values = new float[threads][layers.size()][];
    for (float[][] own : values) {
      for (int i = 0; i < own.length; i++) {
        int output = outputs.get(i);
        long size = output < 0 ? perImage : spec.outputShapes().get(output).elements();
        own[i] = new float[Math.toIntExact(size)];
      }
    }
  }

  /** By path of the layer. The images are seen twice: for their bounds, and to be counted. */
  Map<String, ActivationRange> ranges() {
    List<ActivationRange> bounds = new ArrayList<>();
    layers.forEach(layer -> bounds.add(new ActivationRange()));
    List<ActivationRange> widened = observe(bounds, ActivationRange::widen);
    List<ActivationRange> counted = observe(widened, ActivationRange::count);
    Map<String, ActivationRange> byPath = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      byPath.put(layers.get(i), counted.get(i));
    }
    return byPath;
  }

  /** Shows values to the range of a layer. */
  @FunctionalInterface
  private interface Observer {
    void observe(ActivationRange range, float[] values, int count);
  }

  private List<ActivationRange> observe(List<ActivationRange> start, Observer observer) {
    List<List<ActivationRange>> found = new ArrayList<>(); // by worker and layer
    for (int worker = 0; worker < workers.count(); worker++) {
      found.add(start.stream().map(ActivationRange::withSameBounds).toList());
    }
    int left = images;
    try (Epoch epoch = loader.epoch(0, 0)) {
      for (Batch batch = epoch.next(); batch != null && left > 0; batch = epoch.next()) {
        Batch current = batch;
        workers.run(
            Math.min(left, batch.size()),
            (image, worker) ->
                replicas.use(
                    plan -> {
                      float[][] own = values[worker];
                      read(plan, current, image, own);
                      for (int i = 0; i < own.length; i++) {
                        observer.observe(found.get(worker).get(i), own[i], own[i].length);
                      }
                    }));
        left -= batch.size();
      }
    }
    for (int worker = 1; worker < found.size(); worker++) {
      for (int i = 0; i < layers.size(); i++) {
        found.get(0).get(i).add(found.get(worker).get(i));
      }
    }
    return found.get(0);
  }

  private void read(InferencePlan plan, Batch batch, int image, float[][] target) {
    plan.run(batch.images(), image * perImage, 1, new float[classes], 0);
    for (int i = 0; i < target.length; i++) {
      if (outputs.get(i) < 0) {
        System.arraycopy(batch.images(), image * perImage, target[i], 0, perImage);
      } else {
        plan.output(outputs.get(i), target[i]);
      }
    }
  }

  @Override
  public void close() {
    replicas.close();
    workers.close();
  }
}
