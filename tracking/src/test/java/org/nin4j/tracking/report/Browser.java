package org.nin4j.tracking.report;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, driven by ChromeDriver. Nothing is downloaded. */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Warns that it does not know the newest browsers; what is used here works in all. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts the browser; the test is skipped where there is none. */
  public static Browser start(Path profile) {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "there is no " + CHROMIUM + " with " + DRIVER + " on this machine");
    SELENIUM.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,1000",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    File driver = DRIVER.toFile();
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver).build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Shows a page in a window of a width in pixels. */
  public void open(String address, int width, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    driver.get("about:blank"); // or an address that differs in its fragment would not be loaded
    driver.get(address);
  }

  /** Returns what the browser has complained about since it was last asked. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Runs a script that returns a value. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits for the first element that a CSS selector finds. */
  public WebElement find(String selector) {
    await("nothing is " + selector, () -> !all(selector).isEmpty());
    return all(selector).get(0);
  }

  /** Waits until what a CSS selector finds has a text with a part. */
  public void awaitText(String selector, String part) {
    await(selector + " has no " + part, () -> text(selector).contains(part));
  }

  /** Returns the text that the first element that a CSS selector finds has now. */
  public String text(String selector) {
    Object text = run("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
    return (String) text;
  }

  private static void await(String failure, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(failure);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Returns all elements that a CSS selector finds. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Returns the element that has the focus. */
  public WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Returns a sequence of what a user does with mouse and keyboard. */
  public Actions actions() {
    return new Actions(driver);
  }

  /** Clicks in the middle of an element, which is scrolled to the middle of the window. */
  public void click(WebElement element) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    element.click();
  }

  /** Returns the title of the page. */
  public String title() {
    return driver.getTitle();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
