package org.nin4j.bench.rival;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Weights;

/** Plans for one image each over the same weights, and a thread for each plan. */
final class Replicas implements AutoCloseable {
  private final int perImage;
  private final int classes;
  private final PreparedWeights weights;
  private final List<InferencePlan> plans = new ArrayList<>();
  private final ExecutorService threads;

  /**
   * @param spec of one image
   * @param count the number of plans, at least 1; the calling thread runs one of them
   */
  Replicas(Engine engine, PlanSpec spec, int count, Weights source) {
    perImage = Math.toIntExact(spec.network().input().elements());
    classes = spec.network().classes();
    weights = engine.prepare(spec.network());
    weights.load(source);
    for (int i = 0; i < count; i++) {
      plans.add(engine.compileInference(spec, weights));
    }
    threads = Executors.newFixedThreadPool(Math.max(1, count - 1));
  }

  /** Computes the logits of the images, (count, classes); free threads take the next image. */
  void run(float[] images, int count, float[] logits) {
    AtomicInteger next = new AtomicInteger();
    List<Future<Void>> others = new ArrayList<>();
    for (InferencePlan plan : plans.subList(1, plans.size())) {
      Callable<Void> task =
          () -> {
            run(plan, next, images, count, logits);
            return null;
          };
      others.add(threads.submit(task));
    }
    run(plans.get(0), next, images, count, logits);
    for (Future<Void> other : others) {
      try {
        other.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("a replica has failed", e);
      }
    }
  }

  private void run(
      InferencePlan plan, AtomicInteger next, float[] images, int count, float[] logits) {
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      plan.run(images, i * perImage, 1, logits, i * classes);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    plans.forEach(InferencePlan::close);
    weights.close();
  }
}
