package org.nin4j.cli;

import java.util.List;
import java.util.Locale;
import org.nin4j.internal.Quoted;

/** Names from a file, on one line of the screen. */
final class ListedNames {
  private static final int MOST = 70;

  private ListedNames() {}

  /** Returns their number and as many as fit on a line: "10: airplane, automobile, ...". */
  static String brief(List<String> names) {
    return String.format(Locale.ROOT, "%,d: %s", names.size(), joined(names));
  }

  /** Returns as many as fit on a line: "airplane, automobile, ...". */
  static String joined(List<String> names) {
    String all = String.join(", ", names.subList(0, Math.min(names.size(), MOST)));
    return Quoted.printable(all, MOST);
  }
}
