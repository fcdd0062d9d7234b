package org.nin4j.server.page;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nin4j.data.Preprocessing;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

/** Models of a few weights, whose class maps have 6 x 6 cells. */
final class SmallModels {
  static final String MARKUP =
      "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>";
  static final String QUOTES = "\"quotes\" & 'others' \\ \u202e\u05e9\u05dc\u05d5\u05dd (abc)";
  static final String LONG = "long".repeat(100);

  private SmallModels() {}

  /** A model whose classes have names that try to be more than names. */
  static SourceModel hostile() {
    return of(List.of(MARKUP, QUOTES, LONG));
  }

  /** A model with 100 classes. */
  static SourceModel many() {
    return of(IntStream.range(0, 100).mapToObj(i -> "class " + i).toList());
  }

  private static SourceModel of(List<String> classes) {
    Network network =
        new Network(
            "small",
            Shape.of(1, 1, 8, 8),
            new Sequential(
                new Conv2d(1, classes.size(), 3), new AdaptiveAvgPool2d(1), new Flatten()));
    return SourceModel.of(
        new Model(
            network,
            Initializer.HE.initialize(network, 1),
            classes,
            Preprocessing.unit(1, 8, 8),
            Map.of(),
            null));
  }
}
