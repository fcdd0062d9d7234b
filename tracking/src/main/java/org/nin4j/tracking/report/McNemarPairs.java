package org.nin4j.tracking.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nin4j.evaluate.McNemar;
import org.nin4j.internal.json.JsonWriter;

/**
 * McNemar's test of pairs of runs that classified the same images.
 *
 * @param note what is tested, or why nothing is
 * @param pairs the tests
 */
record McNemarPairs(String note, List<Pair> pairs) {
  /** Of more runs, each is compared with the best one only. */
  private static final int ALL_PAIRS = 4;

  /**
   * A test of two runs.
   *
   * @param first index of one run
   * @param second index of the other
   * @param test the test
   */
  record Pair(int first, int second, McNemar test) {}

  static McNemarPairs of(List<ComparedRun> runs) {
    List<Integer> known =
        IntStream.range(0, runs.size())
            .filter(i -> runs.get(i).predictions().isPresent())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -accuracy(runs.get(i))))
            .toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < (known.size() > ALL_PAIRS ? 1 : known.size()); i++) {
      for (int j = i + 1; j < known.size(); j++) {
        ComparedRun first = runs.get(known.get(i));
        ComparedRun second = runs.get(known.get(j));
        if (sameImages(first, second)) {
          McNemar test =
              McNemar.of(
                  first.predictions().orElseThrow().evaluation(),
                  second.predictions().orElseThrow().evaluation());
          pairs.add(new Pair(known.get(i), known.get(j), test));
        }
      }
    }
    return new McNemarPairs(
        pairs.isEmpty()
            ? "No two of these runs have a predictions.csv of the same images."
            : "McNemar's test looks at the images that only one of two models classifies correctly."
                + " p is the probability of a difference at least as large if both models were"
                + " equally good. It does not cover the chance in the training: another seed may"
                + " turn the order around, and of many pairs some have a small p by chance.",
        pairs);
  }

  private static double accuracy(ComparedRun run) {
    return run.predictions().orElseThrow().evaluation().accuracy();
  }

  private static boolean sameImages(ComparedRun first, ComparedRun second) {
    return fingerprint(first).equals(fingerprint(second))
        && first.predictions().orElseThrow().sameImages(second.predictions().orElseThrow());
  }

  private static String fingerprint(ComparedRun run) {
    return run.data().record().setup().fingerprint();
  }

  void write(JsonWriter json) {
    json.text("note", note);
    json.objects(
        "pairs",
        pairs,
        (fields, pair) -> {
          McNemar test = pair.test();
          fields.number("first", pair.first());
          fields.number("second", pair.second());
          fields.number("only_first", test.onlyFirstCorrect());
          fields.number("only_second", test.onlySecondCorrect());
          fields.number("p", test.pValue());
          fields.text("test", test.method().toString());
        });
  }
}
