package org.nin4j.tracking.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nin4j.evaluate.ClassFigures;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.internal.json.JsonWriter;

/**
 * How well several runs recognise a class.
 *
 * @param name the name of the class
 * @param f1 the F1 of each run; NaN where there is none
 */
record ClassComparison(String name, List<Double> f1) {
  /** Says why the classes of runs cannot be compared, if they cannot. */
  static Optional<String> obstacle(List<ComparedRun> runs) {
    for (ComparedRun run : runs) {
      if (run.predictions().isEmpty()) {
        return Optional.of(
            run.name()
                + " has no predictions.csv of its last epoch. Run nin report with its folder alone"
                + " to make it, and then compare again.");
      }
      if (!run.data().classes().equals(runs.get(0).data().classes())) {
        return Optional.of(
            "The classes of " + runs.get(0).name() + " and " + run.name() + " are not the same.");
      }
    }
    return Optional.empty();
  }

  /** Compares the classes, which must be those of all runs. */
  static List<ClassComparison> of(List<Evaluation> evaluations) {
    List<List<ClassFigures>> figures = evaluations.stream().map(Evaluation::perClass).toList();
    List<String> classes = evaluations.get(0).classes();
    return IntStream.range(0, classes.size())
        .mapToObj(
            label ->
                new ClassComparison(
                    classes.get(label),
                    figures.stream().map(each -> each.get(label).f1()).toList()))
        .toList();
  }

  void write(JsonWriter json) {
    json.text("name", name);
    json.objects(
        "f1",
        f1,
        (fields, value) -> {
          if (!Double.isNaN(value)) {
            fields.number("value", value);
          }
        });
  }
}
