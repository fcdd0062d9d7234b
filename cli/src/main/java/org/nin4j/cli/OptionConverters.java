package org.nin4j.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.nin4j.nn.report.ComparisonFormat;
import org.nin4j.nn.report.SummaryFormat;
import org.nin4j.train.ClassBalance;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts arguments to the types of options, and explains those that are invalid. */
final class OptionConverters {
  private OptionConverters() {}

  static CommandLine register(CommandLine command) {
    ITypeConverter<Integer> count = number(Integer::valueOf, "whole number");
    ITypeConverter<Long> seed = number(Long::valueOf, "whole number");
    ITypeConverter<Double> rate = number(Double::valueOf, "number");
    return command
        .registerConverter(int.class, count)
        .registerConverter(Integer.class, count)
        .registerConverter(long.class, seed)
        .registerConverter(Double.class, rate)
        .registerConverter(Float.class, number(Float::valueOf, "number"))
        .registerConverter(Path.class, OptionConverters::path)
        .registerConverter(ModelChoice.class, ModelChoice::of)
        .registerConverter(ClassNames.class, ClassNames::of)
        .registerConverter(LayerPath.class, LayerPath::new)
        .registerConverter(NamedModel.class, NamedModel::of)
        .registerConverter(NetworkChoice.class, NetworkChoice::of)
        .registerConverter(RecipeChoice.class, RecipeChoice::of)
        .registerConverter(ClassBalance.class, new EnumConverter<>("balance", ClassBalance.class))
        .registerConverter(SummaryFormat.class, new EnumConverter<>("format", SummaryFormat.class))
        .registerConverter(
            ComparisonFormat.class, new EnumConverter<>("format", ComparisonFormat.class))
        .registerConverter(
            EvaluationFormat.class, new EnumConverter<>("format", EvaluationFormat.class))
        .registerConverter(
            PredictionFormat.class, new EnumConverter<>("format", PredictionFormat.class))
        .registerConverter(MethodOption.class, MethodOption::of)
        .registerConverter(
            ExplanationFormat.class, new EnumConverter<>("format", ExplanationFormat.class))
        .registerConverter(
            DescriptionFormat.class, new EnumConverter<>("format", DescriptionFormat.class))
        .registerConverter(RecipeFormat.class, new EnumConverter<>("format", RecipeFormat.class))
        .registerConverter(
            PrecisionChoice.class, new EnumConverter<>("precision", PrecisionChoice.class));
  }

  private static <N extends Number> ITypeConverter<N> number(
      Function<String, N> parser, String what) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (NumberFormatException e) {
        boolean digits = text.matches("[+-]?[0-9]+");
        throw new TypeConversionException(
            "'" + text + "' is " + (digits ? "too large" : "not a " + what));
      }
    };
  }

  /** Rejects an empty path, which more likely comes from an unset variable than means a folder. */
  static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("the path is empty");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'" + text + "' cannot be a path on this system (" + e.getReason() + ")");
    }
  }
}
