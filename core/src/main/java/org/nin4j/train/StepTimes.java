package org.nin4j.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.StepProfile;
import org.nin4j.train.TrainingProfile.Part;

/**
 * Sums up the time that each thread spends on each part of a training step, over all steps with a
 * full batch except the first. Time that is not attributed to any part counts as waiting.
 */
final class StepTimes {
  /** The time of one thread. */
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

    void endStep(long wall, boolean counted) {
      long rest = wall;
      for (Nanoseconds part : parts.values()) {
        rest -= part.thisStep;
      }
      add(Part.WAITING, Math.max(0, rest));
      for (Nanoseconds part : parts.values()) {
        part.allSteps += counted ? part.thisStep : 0;
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
  private long countedSteps = -1; // the first step warms up
  private long begin; // of the current step

  /**
   * @param batchSize number of images in a full batch
   * @param workers number of threads
   */
  StepTimes(int batchSize, int workers) {
    this.batchSize = batchSize;
    for (int i = 0; i < workers; i++) {
      this.workers.add(new Account());
    }
  }

  /** Starts the clock for a step that does not immediately follow another. */
  void beginStep() {
    begin = System.nanoTime();
  }

  /**
   * Attributes a thread's time since {@code since} to a part.
   *
   * @return the current time, in nanoseconds
   */
  long add(int worker, Part part, long since) {
    long now = System.nanoTime();
    workers.get(worker).add(part, now - since);
    return now;
  }

  /** Moves time of a thread from one part to another, before it is added to the former. */
  void move(int worker, Part from, Part to, long nanoseconds) {
    workers.get(worker).add(from, -nanoseconds);
    workers.get(worker).add(to, nanoseconds);
  }

  /** Attributes the time of all threads since the step began to waiting for images. */
  void addImages() {
    long waited = System.nanoTime() - begin;
    workers.forEach(worker -> worker.add(Part.IMAGES, waited));
  }

  /** Ends a step, and begins the next one. */
  void endStep(int images) {
    long now = System.nanoTime();
    boolean full = images == batchSize;
    boolean counted = full && countedSteps >= 0;
    workers.forEach(worker -> worker.endStep(now - begin, counted));
    countedSteps += full ? 1 : 0;
    begin = now;
  }

  /**
   * Returns the profile of the steps so far.
   *
   * @param shards number of shards in a full batch
   * @param layers the time that the plans spent on layers, which has been added to {@link
   *     Part#COPIES} and is subtracted from it here
   */
  TrainingProfile profile(int shards, List<StepProfile> layers) {
    long counted = Math.max(0, countedSteps);
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
