package org.nin4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.GradientTree;
import org.nin4j.engine.internal.ShardStatistics;
import org.nin4j.nn.Parameter;

/** Adds the sums of a step's workers along the tree over all shards. Threads may share it. */
final class ShardSumsAdder {
  /** The sum over a subtree, which a worker has computed. */
  private record Subtree(ShardSums sums, int number, int shards) {}

  private final PlanSpec plan;
  private final int shards;
  private final List<Subtree> subtrees = new ArrayList<>();
  private final ShardStatistics statistics;

  /**
   * @param sums of all shards of the step, in order
   * @param shards how many there are
   */
  ShardSumsAdder(ShardSpec spec, List<ShardSums> sums, int shards) {
    this.shards = shards;
    plan = spec.plan();
    List<Parameter> parameters = spec.network().parameters();
    statistics = new ShardStatistics(parameters, shards);
    for (ShardSums each : sums) {
      List<ShardRange> ranges = each.range().subtrees();
      for (int number = 0; number < ranges.size(); number++) {
        subtrees.add(new Subtree(each, number, ranges.get(number).count()));
      }
      for (int shard = each.range().begin(); shard < each.range().end(); shard++) {
        each.readStatistics(shard, statistics);
      }
    }
  }

  /** Overwrites the gradient of a parameter, or what is in the place of one, with the sum. */
  void add(int index, Weights target) {
    Parameter parameter = target.parameters().get(index);
    if (plan.isFrozen(parameter.layer())) {
      Arrays.fill(target.values(index), 0);
      return;
    }
    if (!parameter.trainable()) {
      statistics.pool(shards, index, target);
      return;
    }
    GradientTree.Source source =
        new GradientTree.Source() {
          @Override
          public void read(int number, int from, int count, float[] values) {
            Subtree subtree = subtrees.get(number);
            subtree.sums().readGradient(subtree.number(), index, from, count, values);
          }

          @Override
          public int shards(int number) {
            return subtrees.get(number).shards();
          }
        };
    new GradientTree().sum(subtrees.size(), source, target.values(index));
  }
}
