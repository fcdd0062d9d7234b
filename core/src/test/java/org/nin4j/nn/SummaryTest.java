package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SummaryTest {
  private static final Summary NIN = Summary.of(Networks.NIN.build());

  private static Summary.Row row(Summary summary, String path) {
    return summary.rows().stream().filter(r -> r.path().equals(path)).findFirst().orElseThrow();
  }

  @Test
  void theChaptersNetworkCosts762MillionMultiplyAdds() {
    assertEquals(762_297_352, NIN.total().multiplyAdds());
    assertEquals(1_992_166, NIN.total().parameters());
    assertEquals(Shape.of(1, 10), NIN.output());
  }

  @Test
  void aConvolutionSlidesOneKernelForEachPairOfChannelsOverAllPositions() {
    // 96 -> 256 channels, 5x5 kernels, 26x26 positions
    Costs costs = row(NIN, "2.0").costs();
    assertEquals(96 * 256, costs.kernels());
    assertEquals(26 * 26 * 96 * 256, costs.kernelApplications());
    assertEquals(26 * 26 * 96 * 256 * 25, costs.multiplyAdds());
    assertEquals(96 * 256 * 25 + 256, costs.parameters());
    assertEquals(4 * 256 * 26 * 26, costs.activationBytes());
  }

  @Test
  void blocksComeBeforeTheirLayersAndSumThem() {
    List<Summary.Row> block = NIN.rows().subList(0, 7);
    assertEquals(
        List.of("0", "0.0", "0.1", "0.2", "0.3", "0.4", "0.5"),
        block.stream().map(Summary.Row::path).toList());
    assertEquals(0, block.get(0).depth());
    assertEquals(1, block.get(1).depth());
    Costs layers = block.stream().skip(1).map(Summary.Row::costs).reduce(Costs.ZERO, Costs::plus);
    assertEquals(layers, block.get(0).costs());
    assertEquals(Shape.of(1, 96, 54, 54), block.get(0).output());
  }

  @ParameterizedTest
  @EnumSource(Networks.class)
  void theTotalIsTheSumOfAllLayersAndOfAllGroups(Networks preset) {
    Summary summary = Summary.of(preset.build());
    Costs leaves =
        summary.leaves().stream().map(Summary.Row::costs).reduce(Costs.ZERO, Costs::plus);
    Costs groups = Costs.ZERO;
    for (LayerGroup group : LayerGroup.values()) {
      groups = groups.plus(summary.costs(group));
    }
    assertEquals(summary.total(), leaves);
    assertEquals(summary.total(), groups);
    assertEquals(summary.network().parameterCount(), leaves.parameters());
    assertEquals(summary.network().layers().multiplyAdds(summary.input()), leaves.multiplyAdds());
  }

  @Test
  void aBatchMultipliesWorkAndMemoryButNotParameters() {
    Summary batch = Summary.of(Networks.NIN.build(), Shape.of(128, 1, 224, 224));
    assertEquals(128 * 762_297_352L, batch.total().multiplyAdds());
    assertEquals(128 * NIN.total().kernelApplications(), batch.total().kernelApplications());
    assertEquals(128 * NIN.total().activationBytes(), batch.total().activationBytes());
    assertEquals(NIN.total().parameters(), batch.total().parameters());
    assertEquals(NIN.total().kernels(), batch.total().kernels());
    assertEquals(Shape.of(128, 10), batch.output());
  }

  @Test
  void buffersAreNotCountedAsParameters() {
    Sequential layers = new Sequential(new BatchNorm2d(4), new AdaptiveAvgPool2d(1), new Flatten());
    Summary summary = Summary.of(new Network("n", Shape.of(1, 4, 3, 3), layers));
    assertEquals(8, summary.total().parameters());
    assertEquals(8, summary.costs(LayerGroup.BATCH_NORM).parameters());
  }

  @Test
  void noLinearLayerStandsAtTheEndOfNin() {
    assertEquals(0, NIN.costs(LayerGroup.LINEAR).parameters());
    assertEquals(8, NIN.leaves(LayerGroup.POINTWISE).size());
    // 2 * (96 * 96 + 96) + 2 * (256 * 256 + 256) + 2 * (384 * 384 + 384) + 2 * (10 * 10 + 10)
    assertEquals(446_108, NIN.costs(LayerGroup.POINTWISE).parameters());
    Summary vgg = Summary.of(Networks.VGG11.build());
    // 25088 * 4096 + 4096 + 4096 * 4096 + 4096 + 4096 * 10 + 10
    assertEquals(119_586_826, vgg.costs(LayerGroup.LINEAR).parameters());
    assertEquals("22", vgg.largest().path());
    assertEquals("4.0", NIN.largest().path());
  }

  @Test
  void countsBeyond64BitsAreRefusedAndDoNotWrapAround() {
    Network network = Networks.NIN_MNIST.build();
    Shape batch = Shape.of(1_000_000, 1, 20_000, 20_000);
    ShapeException refused = assertThrows(ShapeException.class, () -> Summary.of(network, batch));
    assertTrue(refused.getMessage().contains("nin-mnist"), refused.getMessage());
  }

  @Test
  void aBatchThatIsNotFourDimensionalIsRefused() {
    Network network = Networks.NIN.build();
    assertThrows(ShapeException.class, () -> Summary.of(network, Shape.of(1, 224, 224)));
  }

  @Test
  void aComparisonNeedsTwoNetworks() {
    Network network = Networks.NIN.build();
    assertThrows(
        IllegalArgumentException.class, () -> new Comparison(List.of(Summary.of(network))));
    Comparison two =
        new Comparison(List.of(Summary.of(network), Summary.of(Networks.NIN_MNIST.build())));
    assertEquals("nin", two.first().network().name());
  }
}
