package org.nin4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.explain.ExplanationMethod;
import org.nin4j.internal.Suggestion;
import picocli.CommandLine.TypeConversionException;

/**
 * The method that the user asked for.
 *
 * @param requested empty for the one that suits the network
 */
record MethodOption(Optional<ExplanationMethod> requested) {
  private static final String AUTO = "auto";

  static MethodOption of(String name) {
    List<String> names = new ArrayList<>(ExplanationMethod.names());
    names.add(AUTO);
    if (!names.contains(name)) {
      throw new TypeConversionException(Suggestion.unknown("method", name, names));
    }
    return new MethodOption(
        name.equals(AUTO) ? Optional.empty() : Optional.of(ExplanationMethod.named(name)));
  }
}
