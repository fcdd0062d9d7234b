package org.nin4j.tracking.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.internal.AtomicFile;
import org.nin4j.tracking.RunFolder;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Reports as a browser shows them. Where there is no Chromium, these tests are skipped. */
class ReportInBrowserTest {
  private static final String HIDDEN_WIDTH =
      "const page = document.documentElement; return page.scrollWidth - page.clientWidth";

  @TempDir static Path temp;

  private static Browser browser;
  private static Path report;
  private static Path comparison;
  private static RunFolder run;

  @BeforeAll
  static void trainAndStart() throws IOException {
    browser = Browser.start(temp.resolve("profile"));
    run = ReportedTask.train(temp.resolve(ReportedTask.MARKUP.replace('/', '-')), 2, 1);
    RunFolder other = ReportedTask.train(temp.resolve("other"), 1, 2);
    report = RunReport.file(run);
    comparison = temp.resolve("comparison.html");
    RunComparison.write(List.of(run, other), comparison);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingWasComplainedAbout() {
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void everySectionIsFilledAndNamesStayText() {
    browser.open(report.toUri().toString(), 1280, "light");
    List<WebElement> sections = browser.all("main > section");
    assertEquals(11, sections.size());
    assertEquals(11, browser.all("nav a").size());
    for (WebElement section : sections) {
      assertTrue(section.getText().length() > 40, section.getText());
    }
    assertEquals(5, browser.all(".chart canvas").size());
    assertEquals(4, browser.all("#curves .chart canvas").size());
    assertEquals(run.path().getFileName().toString(), browser.title());
    assertTrue(browser.find("#classes").getText().contains(ReportedTask.MARKUP));
    assertTrue(browser.find("#classes").getText().contains(ReportedTask.RIGHT_TO_LEFT));
    assertTrue(browser.all("img[src=x]").isEmpty());
    assertEquals(true, browser.run("return [...document.images].every(i => i.alt !== '')"));
    assertEquals(
        true,
        browser.run("return [...document.images].every(i => !i.complete || i.naturalWidth > 0)"));
    assertEquals(
        true,
        browser.run(
            "return [...document.querySelectorAll('h1, h2, h3')]"
                + ".map(h => +h.tagName[1]).every((level, i, all) => i === 0 || level <= all[i - 1] + 1)"));
  }

  @ParameterizedTest
  @CsvSource({"400, light", "400, dark", "1280, light", "1280, dark"})
  void nothingIsWiderThanTheWindow(int width, String scheme) {
    for (Path page : List.of(report, comparison)) {
      browser.open(page.toUri().toString(), width, scheme);
      assertEquals(0L, browser.run(HIDDEN_WIDTH), page.toString());
    }
  }

  @Test
  void aClickOnACellShowsItsImages() {
    browser.open(report.toUri().toString(), 1280, "light");
    WebElement cell = browser.all(".matrix td.right:not(.none)").get(0);
    browser.click(cell);
    WebElement panel = browser.find("#cell");
    assertTrue(panel.getText().startsWith("Correctly classified as"), panel.getText());
    int images = Integer.parseInt(cell.getText());
    assertEquals(Math.min(4, images), panel.findElements(By.tagName("img")).size());
    assertEquals("true", cell.getAttribute("aria-selected"));
  }

  @Test
  void theKeyboardReachesEveryCell() {
    browser.open(report.toUri().toString(), 1280, "light");
    browser.run("document.querySelector('.matrix [tabindex=\"0\"]').focus()");
    browser.focused().sendKeys(Keys.ARROW_RIGHT, Keys.NULL);
    browser.focused().sendKeys(Keys.ARROW_DOWN);
    browser.focused().sendKeys(Keys.END);
    browser.focused().sendKeys(Keys.ENTER);
    String second = ReportedTask.QUOTES;
    String third = ReportedTask.RIGHT_TO_LEFT;
    String label = browser.focused().getAttribute("aria-label");
    assertTrue(label.contains(second) && label.contains(third), label);
    assertTrue(browser.find("#cell h3").getText().contains(" taken for "));
    assertEquals(1, browser.all(".matrix [tabindex=\"0\"]").size());
  }

  @Test
  void aTableIsSortedByAColumn() {
    browser.open(report.toUri().toString(), 1280, "light");
    List<WebElement> buttons = browser.all("#classes th button");
    browser.click(buttons.get(4));
    assertEquals("descending", browser.find("#classes th:nth-child(5)").getAttribute("aria-sort"));
    assertEquals(
        true,
        browser.run(
            "const f = [...document.querySelectorAll('#classes td:nth-child(5)')].map(c => parseFloat(c.textContent));"
                + "return f.every((v, i) => i === 0 || v <= f[i - 1])"));
  }

  @Test
  void darkModeIsDarkAndPrintIsLight() {
    browser.open(report.toUri().toString(), 1280, "light");
    Object light = browser.run("return getComputedStyle(document.body).backgroundColor");
    browser.open(report.toUri().toString(), 1280, "dark");
    assertEquals("rgb(255, 255, 255)", light);
    assertNotEquals(light, browser.run("return getComputedStyle(document.body).backgroundColor"));
    browser.run("dispatchEvent(new Event('beforeprint'))");
    assertEquals(light, browser.run("return getComputedStyle(document.body).backgroundColor"));
    browser.run("dispatchEvent(new Event('afterprint'))");
  }

  @Test
  void aComparisonShowsCurvesSettingsClassesAndATest() {
    browser.open(comparison.toUri().toString(), 1280, "light");
    assertEquals(4, browser.all(".chart canvas").size());
    assertEquals(2, browser.all("#results tbody tr").size());
    String settings = browser.find("#settings").getText();
    assertTrue(settings.contains("seed") && settings.contains("recipe.epochs"), settings);
    assertFalse(settings.contains("batch_size"), settings);
    assertEquals(3, browser.all("#classes tbody tr").size());
    assertEquals(1, browser.all("#difference tbody tr").size());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 100, 1000})
  void anyNumberOfClassesIsShown(int classes) throws IOException {
    Path page = temp.resolve("classes-" + classes + ".html");
    AtomicFile.write(page, ManyClasses.page(run, classes));
    assertTrue(Files.size(page) < 3 << 20);
    browser.open(page.toUri().toString(), 400, "light");
    assertEquals(0L, browser.run(HIDDEN_WIDTH));
    assertEquals(classes <= 32 ? 0 : 1, browser.all("canvas.heat").size());
    assertEquals(classes, browser.all("#classes tbody tr").size());
    browser.click(browser.find("#confusion td button"));
    assertFalse(browser.all("#cell img").isEmpty());
  }
}
