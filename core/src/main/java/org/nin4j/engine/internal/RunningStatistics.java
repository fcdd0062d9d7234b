package org.nin4j.engine.internal;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.Weights;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.PlacedLayer;

/**
 * Moves the running statistics of BatchNorm2d layers towards those of a batch, as PyTorch does:
 * running = (1 - momentum) running + momentum batch.
 */
public final class RunningStatistics {
  /** An array of running statistics. */
  private record Statistic(int index, float momentum) {}

  private final List<Statistic> statistics = new ArrayList<>();

  /** Those that plans of a specification move: of all BatchNorm2d layers that are not frozen. */
  public RunningStatistics(PlanSpec spec) {
    Network network = spec.network();
    for (PlacedLayer placed : network.layers().leaves()) {
      if (placed.layer() instanceof BatchNorm2d layer && !spec.isFrozen(placed.path())) {
        for (Role role : List.of(Role.RUNNING_MEAN, Role.RUNNING_VARIANCE)) {
          int index = network.parameterIndex(placed.parameter(role).name());
          statistics.add(new Statistic(index, layer.momentum()));
        }
      }
    }
  }

  /**
   * Moves them once.
   *
   * @param weights of the network
   * @param batch the batch's mean and unbiased variance in the arrays of the running ones, as
   *     {@link ShardGradients#sum} gives them
   */
  public void move(Weights weights, Weights batch) {
    for (int i = 0; i < statistics.size(); i++) {
      Statistic statistic = statistics.get(i);
      float[] running = weights.values(statistic.index());
      float[] current = batch.values(statistic.index());
      for (int c = 0; c < running.length; c++) {
        running[c] = (1 - statistic.momentum()) * running[c] + statistic.momentum() * current[c];
      }
    }
  }
}
