package org.nin4j.spark;

/**
 * A model of the time of a step, made of parts that were measured on one machine. Each executor
 * computes as many images as there; the driver has one link to all of them.
 *
 * @param compute seconds in which an executor computes its shards
 * @param launch seconds to launch a job of one task and get its empty result
 * @param task seconds for each further task
 * @param add seconds in which the driver reads and adds one executor's sums
 * @param update seconds of the update of the weights
 * @param weights bytes of the weights, which are sent to each executor
 * @param sums bytes of what an executor sends
 */
record ClusterCost(
    double compute,
    double launch,
    double task,
    double add,
    double update,
    long weights,
    long sums) {
  /** Executors pass on parts of 4 MiB of a broadcast, so the driver sends about two copies. */
  private static final int BROADCAST_COPIES = 2;

  private static final int BITS = 8;

  /** Seconds of a step. */
  double step(int executors, double bitsPerSecond) {
    double sent = weights * (double) BROADCAST_COPIES * BITS / bitsPerSecond;
    double received = sums * (double) executors * BITS / bitsPerSecond;
    return compute + launch + task * (executors - 1) + sent + received + add * executors + update;
  }

  /** How much of a step is spent on computing. */
  double efficiency(int executors, double bitsPerSecond) {
    return compute / step(executors, bitsPerSecond);
  }
}
