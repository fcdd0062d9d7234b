package org.nin4j.cli;

import java.util.List;
import org.nin4j.nn.Suggestion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's value out of a few words: those that the constants of an enum print. */
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final String what;
  private final List<E> constants;

  Choice(String what, Class<E> type) {
    this.what = what;
    this.constants = List.of(type.getEnumConstants());
  }

  @Override
  public E convert(String text) {
    return constants.stream()
        .filter(constant -> constant.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(unknown(text)));
  }

  private String unknown(String text) {
    return Suggestion.unknown(what, text, constants.stream().map(Enum::toString).toList());
  }
}
