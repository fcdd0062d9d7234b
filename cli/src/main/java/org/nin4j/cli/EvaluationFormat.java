package org.nin4j.cli;

import java.util.function.Function;

/** The output formats of {@code nin eval}. */
enum EvaluationFormat {
  TEXT(EvaluationText::text),
  JSON(EvaluationJson::text);

  private final Function<EvaluationReport, String> renderer;

  EvaluationFormat(Function<EvaluationReport, String> renderer) {
    this.renderer = renderer;
  }

  /** Returns a report as text that ends with a line break. */
  String render(EvaluationReport report) {
    return renderer.apply(report);
  }
}
