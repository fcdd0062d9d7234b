package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one run of the command line came to. */
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

  /** It succeeded, and nothing had to be said about it. */
  Outcome succeeds() {
    assertEquals("", err);
    assertEquals(0, exitCode);
    return this;
  }

  /** It succeeded with this warning and no other. */
  Outcome warns(String warning) {
    assertEquals("nin: warning: " + warning + System.lineSeparator(), err);
    assertEquals(0, exitCode);
    return this;
  }

  /** It failed with this code and one sentence that contains this. */
  Outcome fails(int code, String complaint) {
    assertEquals(code, exitCode, err);
    assertTrue(err.startsWith("nin: "), err);
    assertTrue(err.contains(complaint), err);
    assertFalse(err.contains("\tat "), err);
    assertFalse(err.contains("unexpected"), err);
    assertEquals(code, err.lines().count(), "one sentence, and for wrong usage a hint: " + err);
    return this;
  }
}
