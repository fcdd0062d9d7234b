package org.nin4j.nn.report;

import java.util.stream.Collectors;
import org.nin4j.nn.Summary;

/**
 * What the chapter's loop {@code print(layer.__class__.__name__, 'output shape:\t', X.shape)}
 * prints.
 */
final class TorchListing {
  private TorchListing() {}

  static String text(Summary summary) {
    return summary.rows().stream()
        .filter(row -> row.depth() == 0)
        .map(row -> row.layer().kind() + " output shape:\t " + row.output().toTorchString() + "\n")
        .collect(Collectors.joining());
  }
}
