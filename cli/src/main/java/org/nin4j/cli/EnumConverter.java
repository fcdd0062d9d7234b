package org.nin4j.cli;

import java.util.List;
import java.util.Locale;
import org.nin4j.internal.Suggestion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the lower-case name of an enum's constant; case does not matter. */
final class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {
  private final String what;
  private final List<E> constants;

  /**
   * Creates a converter.
   *
   * @param what what messages call such a name, such as "format"
   */
  EnumConverter(String what, Class<E> type) {
    this.what = what;
    this.constants = List.of(type.getEnumConstants());
  }

  @Override
  public E convert(String text) {
    return constants.stream()
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(Suggestion.unknown(what, text, words())));
  }

  private List<String> words() {
    return constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
  }
}
