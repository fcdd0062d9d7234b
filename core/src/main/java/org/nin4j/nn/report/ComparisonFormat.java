package org.nin4j.nn.report;

import java.util.function.Function;
import org.nin4j.nn.Comparison;

/** The forms in which a comparison is written. */
public enum ComparisonFormat {
  /** One column for each network, for people. */
  TABLE(ComparisonTable::text),
  /** The table in GitHub's Markdown. */
  MARKDOWN(ComparisonTable::markdown),
  /** One line for each network, for programs. */
  CSV(ComparisonCsv::text),
  /** One object for each network, for programs. */
  JSON(ComparisonJson::text);

  private final Function<Comparison, String> renderer;

  ComparisonFormat(Function<Comparison, String> renderer) {
    this.renderer = renderer;
  }

  /**
   * Writes a comparison.
   *
   * @param comparison what to write
   * @return text that ends with a line break
   */
  public String render(Comparison comparison) {
    return renderer.apply(comparison);
  }
}
