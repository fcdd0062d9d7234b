package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The result of one run of the command line. */
record Outcome(int exitCode, String out, String err) {
  static Outcome of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int exitCode =
        Main.run(
            Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)),
            words);
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  /** Asserts that the command succeeded without messages. */
  Outcome succeeds() {
    assertEquals("", err);
    assertEquals(0, exitCode);
    return this;
  }

  /** Asserts that the command succeeded with this warning and no other. */
  Outcome warns(String warning) {
    assertEquals("nin: warning: " + warning + System.lineSeparator(), err);
    assertEquals(0, exitCode);
    return this;
  }

  /** Asserts that the command failed with this code and one sentence that contains this text. */
  Outcome fails(int code, String complaint) {
    assertEquals(code, exitCode, err);
    assertTrue(err.startsWith("nin: "), err);
    assertTrue(err.contains(complaint), err);
    assertFalse(err.contains("\tat "), err);
    assertFalse(err.contains("unexpected"), err);
    assertEquals(code, err.lines().count(), "one sentence, and for invalid usage a hint: " + err);
    return this;
  }
}
