package org.nin4j.internal;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that a user probably meant. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * Says "unknown network preset 'nim'; did you mean 'nin'? (one of: ...)", or without the question
   * when no name is near: within half of its length, by Levenshtein's distance.
   *
   * @param what what such a name is, such as "network preset"
   * @param name what the user wrote
   * @param known all names that there are, at least one
   */
  public static String unknown(String what, String name, Collection<String> known) {
    String nearest =
        known.stream().min(Comparator.comparingInt(each -> distance(name, each))).orElseThrow();
    boolean isNear = distance(name, nearest) <= (nearest.length() + 1) / 2;
    return "unknown "
        + what
        + " '"
        + name
        + (isNear ? "'; did you mean '" + nearest + "'? (one of: " : "' (one of: ")
        + String.join(", ", known)
        + ")";
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
