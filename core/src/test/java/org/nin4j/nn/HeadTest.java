package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HeadTest {
  private static final Shape IMAGE = Shape.of(1, 1, 8, 8);

  private static Network network(Layer... layers) {
    return new Network("made", IMAGE, new Sequential(layers));
  }

  private static List<String> headPaths(Network network) {
    return network.head().stream().map(PlacedLayer::path).toList();
  }

  @ParameterizedTest
  @EnumSource(Networks.class)
  void aPresetForOtherClassesIsThePresetBuiltForThem(Networks preset) {
    for (int before : new int[] {2, 10, 100}) {
      for (int after : new int[] {2, 3, 25, 1000}) {
        assertEquals(
            preset.build(preset.defaultInput(), after),
            preset.build(preset.defaultInput(), before).withClasses(after),
            before + " to " + after);
      }
    }
  }

  /** The block before the last one has 384 channels too, but does not depend on the classes. */
  @Test
  void asManyClassesAsAnInnerBlockHasChannelsChangeOnlyTheLastBlock() {
    Shape input = Networks.NIN.defaultInput();
    assertEquals(Networks.NIN.build(input, 5), Networks.NIN.build(input, 384).withClasses(5));
  }

  @ParameterizedTest
  @CsvSource({
    "nin, 0 2 4 7, 7.0",
    "nin-cifar10, 0 3 6, 6.0",
    "nin-cifar100, 0 3 6, 6.0",
    "nin-svhn, 0 3 6, 6.0",
    "nin-mnist, 0 3 6, 6.0",
    "nin-imagenet, 0 2 4 7, 7.0",
    "vgg11, 0 3 6 8 11 13 16 18 22 25 28, 28"
  })
  void theHeadOfAPresetIsItsLastBlockOrLayer(String name, String blocks, String head) {
    Network network = Networks.named(name).build();
    assertEquals(List.of(blocks.split(" ", -1)), network.blocks());
    assertEquals(head, network.head().get(0).path());
    assertTrue(network.layers().leaves().containsAll(network.head()));
  }

  @Test
  void theHeadOfAFlatNetworkIsAllThatHasAnOutputForEachClass() {
    Network flat =
        network(
            new Conv2d(1, 6, 3),
            new ReLU(),
            new Conv2d(6, 4, 3),
            new BatchNorm2d(4, 1e-3f, 0.2f),
            new ReLU(),
            new Conv2d(4, 4, Size2d.of(1), Size2d.of(1), Size2d.of(0), false),
            new ReLU(),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    assertEquals(List.of("2", "3", "4", "5", "6", "7", "8"), headPaths(flat));
    assertEquals(
        network(
            new Conv2d(1, 6, 3),
            new ReLU(),
            new Conv2d(6, 9, 3),
            new BatchNorm2d(9, 1e-3f, 0.2f),
            new ReLU(),
            new Conv2d(9, 9, Size2d.of(1), Size2d.of(1), Size2d.of(0), false),
            new ReLU(),
            new AdaptiveAvgPool2d(1),
            new Flatten()),
        flat.withClasses(9));
  }

  @Test
  void theInnerLayersOfTheLastBlockKeepTheirChannelsButBelongToTheHead() {
    Network blocks =
        network(
            NinBlock.of(1, 4, 3, 1, 1),
            new Sequential(
                new Conv2d(4, 7, 3), new BatchNorm2d(7), new ReLU(), new Conv2d(7, 5, 1)),
            new BatchNorm2d(5),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    // The BatchNorm2d after the block has no channels of its own.
    assertEquals(List.of("0", "1", "2"), blocks.blocks());
    Network nested =
        network(
            NinBlock.of(1, 4, 3, 1, 1),
            new Sequential(
                new Conv2d(4, 7, 3), new BatchNorm2d(7), new ReLU(), new Conv2d(7, 5, 1)),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    assertEquals(List.of("1.0", "1.1", "1.2", "1.3", "2", "3"), headPaths(nested));
    assertEquals(
        network(
            NinBlock.of(1, 4, 3, 1, 1),
            new Sequential(
                new Conv2d(4, 7, 3), new BatchNorm2d(7), new ReLU(), new Conv2d(7, 2, 1)),
            new AdaptiveAvgPool2d(1),
            new Flatten()),
        nested.withClasses(2));
    assertEquals(List.of("1.3", "2", "3", "4"), headPaths(blocks));
    assertEquals(
        network(
            NinBlock.of(1, 4, 3, 1, 1),
            new Sequential(
                new Conv2d(4, 7, 3), new BatchNorm2d(7), new ReLU(), new Conv2d(7, 3, 1)),
            new BatchNorm2d(3),
            new AdaptiveAvgPool2d(1),
            new Flatten()),
        blocks.withClasses(3));
  }

  @Test
  void aClassifierAfterABlockOfFeaturesIsTheHead() {
    Network network =
        network(
            new Sequential(new Conv2d(1, 4, 3), new ReLU(), new AdaptiveAvgPool2d(2)),
            new Flatten(),
            new Linear(16, 10));
    assertEquals(List.of("2"), headPaths(network));
    assertEquals(new Linear(16, 3), network.withClasses(3).layers().layers().get(2));
  }

  @Test
  void aBlockThatHoldsAllOthersIsNotAHead() {
    Network network =
        network(
            new Sequential(NinBlock.of(1, 4, 3, 1, 1), NinBlock.of(4, 10, 3, 1, 1)),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    assertEquals(List.of("0.0", "0.1"), network.blocks());
    assertEquals("0.1.0", network.head().get(0).path());
    assertEquals(
        new Sequential(NinBlock.of(1, 4, 3, 1, 1), NinBlock.of(4, 2, 3, 1, 1)),
        network.withClasses(2).layers().layers().get(0));
  }

  @Test
  void aBlockThatBeginsWithABatchNormKeepsTheFeaturesOfItsInput() {
    Network network =
        network(
            new Conv2d(1, 3, 3),
            new Sequential(new BatchNorm2d(3), new ReLU(), new Conv2d(3, 3, 1)),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    assertEquals(
        new Sequential(new BatchNorm2d(3), new ReLU(), new Conv2d(3, 8, 1)),
        network.withClasses(8).layers().layers().get(1));
  }

  @Test
  void theSameNumberOfClassesIsTheSameNetwork() {
    Network network = Networks.NIN_CIFAR10.build();
    assertSame(network, network.withClasses(10));
  }

  @Test
  void aNetworkThatCannotHaveThatManyClassesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Networks.NIN.build().withClasses(1));
    // Each class is a position of the map, not a channel.
    Network positions = network(new Conv2d(1, 3, 3), new AdaptiveAvgPool2d(2), new Flatten());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> positions.withClasses(3));
    assertTrue(e.getMessage().startsWith("network 'made' cannot get 3 classes"), e.getMessage());
    Network empty = network(new Flatten());
    IllegalArgumentException none =
        assertThrows(IllegalArgumentException.class, () -> empty.withClasses(3));
    assertTrue(none.getMessage().contains("has no parameters"), none.getMessage());
  }
}
