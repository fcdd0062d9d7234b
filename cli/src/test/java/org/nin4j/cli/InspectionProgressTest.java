package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InspectionProgressTest {
  private static final Path FOLDER = Path.of("photos");
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter text = new StringWriter();
  private long now;

  private InspectionProgress progress(boolean terminal) {
    return new InspectionProgress(new PrintWriter(text), terminal, () -> now);
  }

  @Test
  void aTerminalShowsALineThatIsErasedAtTheEnd() {
    InspectionProgress progress = progress(true);
    progress.progress(FOLDER, 0, 60_000);
    assertEquals("", text.toString(), "nothing is shown of what is over at once");
    now = SECOND;
    progress.progress(FOLDER, 1234, 60_000);
    progress.progress(FOLDER, 1235, 60_000);
    String line = "\r\u001b[?7lchecking the images of photos: 1,234 of 60,000\u001b[K\u001b[?7h";
    assertEquals(line, text.toString());
    progress.clear();
    assertEquals(line + "\r\u001b[?7l\u001b[K\u001b[?7h", text.toString());
  }

  @Test
  void elsewhereOneLineIsPrintedAfterFiveSeconds() {
    InspectionProgress progress = progress(false);
    now = 4 * SECOND;
    progress.progress(FOLDER, 1000, 60_000);
    assertEquals("", text.toString());
    now = 5 * SECOND;
    progress.progress(FOLDER, 1001, 60_000);
    progress.progress(FOLDER, 1002, 60_000);
    progress.clear();
    assertTrue(
        text.toString().matches("checking the 60,000 images of photos; only new .* next time\\R"),
        text.toString());
  }
}
