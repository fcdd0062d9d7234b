package org.nin4j.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.StepProfile;
import org.nin4j.train.TrainingProfile.Part;

/**
 * Adds up what the parts of training steps take on each thread: of all steps with a full batch but
 * the first. What a thread does not account for, it has waited.
 */
final class StepTimes {
  /** What one thread has done. */
  private static final class Account {
    private final Map<Part, Nanoseconds> parts = new EnumMap<>(Part.class);

    Account() {
      for (Part part : Part.values()) {
        parts.put(part, new Nanoseconds());
      }
    }

    void add(Part part, long nanoseconds) {
      parts.get(part).thisStep += nanoseconds;
    }

    void endStep(long wall, boolean counts) {
      long rest = wall;
      for (Nanoseconds part : parts.values()) {
        rest -= part.thisStep;
      }
      add(Part.WAITING, Math.max(0, rest));
      for (Nanoseconds part : parts.values()) {
        part.allSteps += counts ? part.thisStep : 0;
        part.thisStep = 0;
      }
    }
  }

  private static final class Nanoseconds {
    private long thisStep;
    private long allSteps;
  }

  private final int batchSize;
  private final List<Account> workers = new ArrayList<>();
  private long steps = -1;
  private long begin;

  /**
   * @param batchSize of a full batch
   * @param workers how many threads there are
   */
  StepTimes(int batchSize, int workers) {
    this.batchSize = batchSize;
    for (int i = 0; i < workers; i++) {
      this.workers.add(new Account());
    }
  }

  /** A step begins that does not follow another at once. */
  void begin() {
    begin = System.nanoTime();
  }

  /**
   * What a worker has done since a time was this part.
   *
   * @return now
   */
  long end(int worker, Part part, long since) {
    long now = System.nanoTime();
    workers.get(worker).add(part, now - since);
    return now;
  }

  /** What a worker is going to end as one part was another for so long. */
  void move(int worker, Part from, Part to, long nanoseconds) {
    workers.get(worker).add(from, -nanoseconds);
    workers.get(worker).add(to, nanoseconds);
  }

  /** All workers have waited for images since the step began. */
  void endImages() {
    long waited = System.nanoTime() - begin;
    workers.forEach(worker -> worker.add(Part.IMAGES, waited));
  }

  /** The step is done, and the next one begins. */
  void endStep(int images) {
    long now = System.nanoTime();
    boolean full = images == batchSize;
    boolean counts = full && steps >= 0;
    workers.forEach(worker -> worker.endStep(now - begin, counts));
    steps += full ? 1 : 0;
    begin = now;
  }

  /**
   * What has been counted.
   *
   * @param shards of a full batch
   * @param layers of the plans, whose whole time was counted as copies
   */
  TrainingProfile profile(int shards, List<StepProfile> layers) {
    long counted = Math.max(0, steps);
    Map<Part, Long> sums = new EnumMap<>(Part.class);
    for (Account worker : workers) {
      worker.parts.forEach((part, sum) -> sums.merge(part, sum.allSteps, Long::sum));
    }
    double inLayers = layers.stream().mapToDouble(StepProfile::milliseconds).sum();
    sums.computeIfPresent(
        Part.COPIES, (part, all) -> Math.max(0, all - (long) (1e6 * inLayers * shards * counted)));
    return new TrainingProfile(batchSize, shards, workers.size(), counted, sums, layers);
  }
}
