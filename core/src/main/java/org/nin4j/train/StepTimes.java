package org.nin4j.train;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.StepProfile;
import org.nin4j.train.TrainingProfile.Part;

/**
 * Adds up what the parts of training steps take: of all steps that the plan counts too, which are
 * those with a full batch without the first.
 */
final class StepTimes {
  private static final class Nanoseconds {
    private long thisStep;
    private long allSteps;
  }

  private final int batchSize;
  private final Part[] all = Part.values();
  private final Map<Part, Nanoseconds> parts = new EnumMap<>(Part.class);
  private long steps = -1;
  private long time;

  /**
   * @param batchSize of a full batch
   */
  StepTimes(int batchSize) {
    this.batchSize = batchSize;
    for (Part part : all) {
      parts.put(part, new Nanoseconds());
    }
  }

  /** A step begins that does not follow another at once. */
  void begin() {
    time = System.nanoTime();
  }

  /** What was done since the last call was this part. */
  void end(Part part) {
    long now = System.nanoTime();
    parts.get(part).thisStep += now - time;
    time = now;
  }

  /** What is going to end as one part was another for so long. */
  void move(Part from, Part to, long nanoseconds) {
    parts.get(from).thisStep -= nanoseconds;
    parts.get(to).thisStep += nanoseconds;
  }

  /** The step is done, and the next one begins. */
  void endStep(int images) {
    end(Part.OTHER);
    boolean full = images == batchSize;
    boolean counts = full && steps >= 0;
    for (Part part : all) {
      Nanoseconds nanoseconds = parts.get(part);
      nanoseconds.allSteps += counts ? nanoseconds.thisStep : 0;
      nanoseconds.thisStep = 0;
    }
    steps += full ? 1 : 0;
  }

  /**
   * What has been counted.
   *
   * @param layers of the plan, whose whole time was counted as copies
   */
  TrainingProfile profile(List<StepProfile> layers) {
    Map<Part, Long> sums = new EnumMap<>(Part.class);
    parts.forEach((part, nanoseconds) -> sums.put(part, nanoseconds.allSteps));
    long inLayers = layers.stream().mapToLong(StepProfile::nanoseconds).sum();
    sums.merge(Part.COPIES, -inLayers, Long::sum);
    return new TrainingProfile(batchSize, Math.max(0, steps), sums, layers);
  }
}
