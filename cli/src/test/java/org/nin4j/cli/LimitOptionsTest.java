package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nin4j.server.limits.ServerLimits;
import picocli.CommandLine.Model.CommandSpec;

class LimitOptionsTest {
  private static final Pattern DEFAULT = Pattern.compile("Default: ([^.]+)\\.");

  @Test
  void everyLimitHasAnOptionWhoseHelpTellsItsDefault() throws ReflectiveOperationException {
    CommandSpec serve = Main.commandLine().getSubcommands().get("serve").getCommandSpec();
    ServerLimits defaults = ServerLimits.defaults();
    for (RecordComponent limit : ServerLimits.class.getRecordComponents()) {
      String words = limit.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
      String help = String.join("", serve.findOption("--" + words).description());
      Matcher told = DEFAULT.matcher(help);
      assertTrue(told.find(), help);
      assertEquals(
          limit.getAccessor().invoke(defaults).toString(), value(limit, told.group(1)), help);
    }
  }

  private static String value(RecordComponent limit, String told) {
    if (told.equals("a quarter of the heap")) {
      return Long.toString(Runtime.getRuntime().maxMemory() / 4);
    }
    if (limit.getType() == Duration.class) {
      return new Quantity.Time().convert(told).toString();
    }
    return limit.getName().equals("maxPixels")
        ? new Quantity.Count().convert(told).toString()
        : new Quantity.Bytes().convert(told).toString();
  }
}
