package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.DelegatingDataset;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Weights;
import org.nin4j.evaluate.Evaluator;
import org.nin4j.evaluate.ImageResult;
import org.nin4j.io.Model;

/** A training that is computed by workers that share nothing gives the bits of one machine. */
class ClusterTrainingTest {
  private static final Engine ENGINE = Engines.best();

  /** Workers that have only the images that they need, and send bytes. */
  private static final class Workers implements TrainingCluster {
    private final int count;
    private final ImageDataset images;
    private int steps;

    Workers(int count, ImageDataset images) {
      this.count = count;
      this.images = images;
    }

    @Override
    public Session open(ShardSpec spec) {
      List<OnlyNeeded> own = new ArrayList<>();
      List<ShardWorker> workers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        own.add(new OnlyNeeded(images));
        workers.add(new ShardWorker(ENGINE, spec, own.get(i), 8, 1 + i % 2));
      }
      ShardImages needed = new ShardImages(spec, images);
      return new Session() {
        @Override
        public List<ShardSums> compute(int epoch, int step, Weights weights) {
          steps++;
          int shards = spec.shards(spec.batching(images.size()).size(step));
          List<ShardSums> sums = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            ShardRange range = ShardRange.of(shards, count, i);
            if (range.count() > 0) {
              own.get(i).needed = needed.of(epoch, step, range);
              workers.get(i).load(weights);
              sums.add(ShardSums.of(spec, workers.get(i).compute(epoch, step, range).toBytes()));
            }
          }
          return sums;
        }

        @Override
        public List<ImageResult> evaluate(ImageDataset evaluated, Model model) {
          try (Evaluator evaluator = new Evaluator(ENGINE, spec.precision(), model, evaluated, 1)) {
            return evaluator.evaluate(model.weights()).results();
          }
        }

        @Override
        public void close() {
          workers.forEach(ShardWorker::close);
        }
      };
    }
  }

  /** Gives the images that were said to be needed, and no others. */
  private static final class OnlyNeeded extends DelegatingDataset {
    private int[] needed = {};

    OnlyNeeded(ImageDataset all) {
      super(all);
    }

    @Override
    public DecodedImage image(int index) {
      assertTrue(Arrays.binarySearch(needed, index) >= 0, "image " + index);
      return super.image(index);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void theBitsAreThoseOfOneMachine(int workers) throws IOException {
    TrainingResult expected =
        EverythingRandom.trainer(ENGINE, EverythingRandom.recipe()).threads(2).train();
    Workers cluster = new Workers(workers, EverythingRandom.data().train());
    TrainingResult result =
        EverythingRandom.trainer(ENGINE, EverythingRandom.recipe())
            .threads(2)
            .cluster(cluster)
            .train();
    assertTrue(cluster.steps > 2);
    assertTrue(sameBits(expected.model().weights(), result.model().weights()));
    assertEquals(expected.model().provenance(), result.model().provenance());
  }

  @Test
  void frozenLayersAndBatchesThatAreLeftOutChangeNothing() throws IOException {
    Recipe recipe = EverythingRandom.recipe().with(r -> r.dropLast(true));
    TrainingResult expected =
        EverythingRandom.trainer(ENGINE, recipe).freezeAllButHead().threads(2).train();
    Workers cluster = new Workers(3, EverythingRandom.data().train());
    TrainingResult result =
        EverythingRandom.trainer(ENGINE, recipe).freezeAllButHead().cluster(cluster).train();
    assertTrue(sameBits(expected.model().weights(), result.model().weights()));
    assertEquals(expected.model().provenance(), result.model().provenance());
  }

  @Test
  void aStepOfWhichShardsAreMissingIsNotTaken() {
    Workers cluster = new Workers(2, EverythingRandom.data().train());
    TrainingCluster losing =
        spec -> {
          TrainingCluster.Session session = cluster.open(spec);
          return new TrainingCluster.Session() {
            @Override
            public List<ShardSums> compute(int epoch, int step, Weights weights) {
              List<ShardSums> sums = session.compute(epoch, step, weights);
              return step == 1 ? Collections.singletonList(sums.get(0)) : sums;
            }

            @Override
            public List<ImageResult> evaluate(ImageDataset images, Model model) {
              return session.evaluate(images, model);
            }

            @Override
            public void close() {
              session.close();
            }
          };
        };
    Trainer trainer = EverythingRandom.trainer(ENGINE, EverythingRandom.recipe()).cluster(losing);
    IllegalStateException thrown = assertThrows(IllegalStateException.class, trainer::train);
    assertEquals("2 shards of a step have been computed, but it has 4", thrown.getMessage());
  }

  @Test
  void rangesAreDividedIntoSubtreesOfTheOneTree() {
    assertEquals(List.of(new ShardRange(0, 8)), new ShardRange(0, 8).subtrees());
    assertEquals(
        List.of(new ShardRange(2, 4), new ShardRange(4, 5)), new ShardRange(2, 5).subtrees());
    assertEquals(
        List.of(
            new ShardRange(3, 4),
            new ShardRange(4, 8),
            new ShardRange(8, 10),
            new ShardRange(10, 11)),
        new ShardRange(3, 11).subtrees());
    assertEquals(List.of(), new ShardRange(4, 4).subtrees());
  }
}
