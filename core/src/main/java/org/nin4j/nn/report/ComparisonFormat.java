package org.nin4j.nn.report;

import java.util.function.Function;
import org.nin4j.nn.Comparison;

/** The forms in which a comparison is written. */
public enum ComparisonFormat {
  /** One column for each network, for people. */
  TABLE(ComparisonTable::text),
  MARKDOWN(ComparisonTable::markdown),
  /** One line for each network. */
  CSV(ComparisonCsv::text),
  JSON(ComparisonJson::text);

  private final Function<Comparison, String> renderer;

  ComparisonFormat(Function<Comparison, String> renderer) {
    this.renderer = renderer;
  }

  /** The comparison as text that ends with a line break. */
  public String render(Comparison comparison) {
    return renderer.apply(comparison);
  }
}
