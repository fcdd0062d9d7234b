package org.nin4j.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.error.IncompleteFileException;

/** What a foreign file may not say of its model, and the options that say it instead. */
enum ModelPart {
  ARCHITECTURE("architecture", List.of("--net"), "network"),
  CLASSES("classes", List.of("--classes"), "classes"),
  PREPROCESSING("preprocessing", List.of("--mean", "--std"), "normalization");

  private final String words;
  private final List<String> options;

  /** The component of {@link ImportOptions}. */
  private final String component;

  ModelPart(String words, List<String> options, String component) {
    this.words = words;
    this.options = options;
    this.component = component;
  }

  /** Returns the complaint that neither the file nor the options say some parts. */
  static IncompleteFileException missing(Path file, List<ModelPart> parts) {
    List<String> words = new ArrayList<>();
    List<String> options = new ArrayList<>();
    List<String> components = new ArrayList<>();
    for (ModelPart part : parts) {
      words.add(part.words);
      options.addAll(part.options);
      components.add(part.component);
    }
    return new IncompleteFileException(
        file,
        "its " + enumerated(words),
        "add "
            + enumerated(options)
            + " as in training (in Java: ImportOptions."
            + enumerated(components)
            + ")");
  }

  /** Whether an exception complains that this part is missing, and no other. */
  boolean isAllThatIsMissing(IncompleteFileException e) {
    return e.missing().equals("its " + words);
  }

  /** Returns the complaint that the file says this part, and the options say it again. */
  IllegalArgumentException repeated(Path file) {
    return repeated(file, "its " + words, enumerated(options), component);
  }

  /**
   * Returns the complaint that the file says something, and an option says it again.
   *
   * @param words what both say
   * @param option the option of the command line
   * @param component the component of {@link ImportOptions}
   */
  static IllegalArgumentException repeated(
      Path file, String words, String option, String component) {
    return new IllegalArgumentException(
        file
            + ": the file itself says "
            + words
            + "; leave out "
            + option
            + " (in Java: ImportOptions."
            + component
            + ")");
  }

  private static String enumerated(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
