package org.nin4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nin4j.data.FilesLeftOut;

/** Describes how many files of a folder are not part of its data set. */
final class LeftOut {
  private LeftOut() {}

  /**
   * Returns a text such as "left out: 2 damaged images, 5 other files"; empty if there are none.
   */
  static String summary(FilesLeftOut files) {
    List<String> counts = new ArrayList<>();
    if (!files.damaged().isEmpty()) {
      counts.add(count(files.damaged().size(), "damaged image"));
    }
    if (files.ignored() > 0) {
      counts.add(count(files.ignored(), counts.isEmpty() ? "file" : "other file"));
    }
    return counts.isEmpty() ? "" : "left out: " + String.join(", ", counts);
  }

  private static String count(int count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
