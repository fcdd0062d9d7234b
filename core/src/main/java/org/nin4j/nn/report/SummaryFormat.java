package org.nin4j.nn.report;

import java.util.function.Function;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Summary;

/** The forms in which a summary is written. */
public enum SummaryFormat {
  /** Aligned columns with totals, for people; about 120 characters wide. */
  TABLE(SummaryTable::text),
  /** One line for each top-level layer, as <i>Dive into Deep Learning</i> prints them. */
  TORCH(TorchListing::text),
  /** The table in GitHub's Markdown. */
  MARKDOWN(SummaryTable::markdown),
  /** One line for each block and layer and one for the total, for programs. */
  CSV(SummaryCsv::text),
  /** One object for each block and layer and one for the total, for programs. */
  JSON(SummaryJson::text),
  /** The network itself in its JSON form, which can be changed and read again. */
  ARCHITECTURE(summary -> NetworkJson.write(summary.network()));

  private final Function<Summary, String> renderer;

  SummaryFormat(Function<Summary, String> renderer) {
    this.renderer = renderer;
  }

  /**
   * Writes a summary.
   *
   * @param summary what to write
   * @return text that ends with a line break
   */
  public String render(Summary summary) {
    return renderer.apply(summary);
  }
}
