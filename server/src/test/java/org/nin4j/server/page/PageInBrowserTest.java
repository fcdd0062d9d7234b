package org.nin4j.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.server.NinServer;
import org.nin4j.server.NinServerBuilder;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.tracking.report.Browser;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as a browser shows it. Where there is no Chromium, these tests are skipped. */
class PageInBrowserTest {
  private static final String HIDDEN_WIDTH =
      "const page = document.documentElement; return page.scrollWidth - page.clientWidth";

  /** Gives the page a file as a user does who drops or pastes one. */
  private static final String HAND_OVER =
      "const data = new DataTransfer();"
          + "data.items.add(new File([Uint8Array.from(arguments[1])], 'given.png', {type: 'image/png'}));"
          + "const options = {bubbles: true, cancelable: true};"
          + "dispatchEvent(arguments[0] === 'drop'"
          + " ? new DragEvent('drop', {...options, dataTransfer: data})"
          + " : new ClipboardEvent('paste', {...options, clipboardData: data}))";

  private static final String TOKEN = "a-secret-of-many-characters";

  @TempDir static Path temp;

  private static NinServer server;
  private static Browser browser;
  private static Path image;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(temp.resolve("profile"));
    server = serve(NinServer::builder);
    image = temp.resolve("it's a <b>.png");
    BufferedImage picture = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    picture.getRaster().setSample(20, 10, 1, 255);
    ImageIO.write(picture, "png", image.toFile());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void nothingWasComplainedAbout() {
    assertEquals(List.of(), browser.complaints());
  }

  private static NinServer serve(Function<ModelRepository, NinServerBuilder> builder)
      throws IOException {
    ModelRepository models = new ModelRepository(1, 10);
    models.add("hostile", SmallModels.hostile());
    models.add("many", SmallModels.many());
    NinServer started = builder.apply(models).port(0).build();
    started.start();
    return started;
  }

  private static String address(NinServer of) {
    return "http://127.0.0.1:" + of.port() + "/";
  }

  private static void open(int width, String scheme) {
    browser.open(address(server), width, scheme);
    browser.find("#models .card");
  }

  private static void chooseImage() {
    browser.find("#file").sendKeys(image.toString());
    browser.find("#result .bars li");
  }

  @Test
  void theModelsAreShownWithTheirSizesAndClasses() {
    open(1280, "light");
    assertEquals(2, browser.all("#models .card").size());
    assertTrue(
        browser.text("#models .card").contains("small, 1\u00a0×\u00a08\u00a0×\u00a08 (grey)"),
        browser.text("#models .card"));
    String facts = browser.text("#models .facts");
    for (String part : List.of("30", "fp32", "SHA-256", "resize to")) {
      assertTrue(facts.contains(part), facts);
    }
    browser.find("#models summary").click();
    assertEquals(3, browser.all("#models .classes li").size());
    assertEquals(0, browser.all("#models input[type=search]").size());
    browser.all("#models .card input").get(1).click();
    browser.awaitText("#models .classes summary", "100 classes");
    browser.find("#models summary").click();
    browser.find("#models input[type=search]").sendKeys("class 9");
    browser.awaitText("#models .classes [role=status]", "11 found");
    assertEquals(11, browser.all("#models .classes li").size());
    assertTrue(((String) browser.run("return location.hash")).endsWith("#many"));
  }

  @Test
  void namesOfClassesAndFilesStayText() {
    open(1280, "light");
    browser.find("#models summary").click();
    chooseImage();
    String bars = browser.text("#result .bars");
    for (String label : List.of(SmallModels.MARKUP, SmallModels.QUOTES, SmallModels.LONG)) {
      assertTrue(bars.contains(label), bars);
      assertTrue(browser.text("#models .classes").contains(label));
    }
    assertTrue(browser.text("#result .announcement").contains(image.getFileName().toString()));
    assertEquals("NiN4J server", browser.run("return document.title"));
    assertEquals(0, browser.all("img[src=x], main script, main b").size());
  }

  @Test
  void anImageIsClassifiedAndEachMapHasItsNumbers() {
    open(1280, "light");
    chooseImage();
    List<WebElement> bars = browser.all("#result .bars li");
    assertEquals(3, bars.size());
    double sum = 0;
    for (WebElement number : browser.all("#result .bars .number")) {
      sum += Double.parseDouble(number.getText().replace("%", ""));
    }
    assertEquals(100, sum, 0.2); // each is rounded to a tenth
    assertEquals(1, browser.all("#result canvas.heat").size());
    String first = browser.text("#result .reading p.note");
    assertTrue(
        first.contains("6\u00a0×\u00a06 cells: largest ") && first.contains("; mean "), first);
    assertEquals(36, browser.all("#result .reading td").size());
    browser.all("#result .bars input").get(1).click();
    assertNotEquals(first, browser.text("#result .reading p.note"));
    browser.find("#result .without input").click();
    assertEquals(0, browser.all("#result canvas.heat, #result .reading").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "paste"})
  void anImageMayBeDroppedOrPasted(String how) throws IOException {
    open(1280, "light");
    byte[] bytes = Files.readAllBytes(image);
    List<Integer> unsigned = new ArrayList<>();
    for (byte each : bytes) {
      unsigned.add(each & 0xFF);
    }
    browser.run(HAND_OVER, how, unsigned);
    browser.awaitText("#result .announcement", "given.png: ");
  }

  @Test
  void whatIsDrawnIsClassified() {
    open(1280, "light");
    browser.find("input[value=drawing]").click();
    WebElement canvas = browser.find(".sheet canvas");
    browser
        .actions()
        .moveToElement(canvas, -60, -60)
        .clickAndHold()
        .moveByOffset(120, 90)
        .release()
        .perform();
    browser.awaitText("#result .announcement", "drawing.png: ");
    assertTrue(browser.text("#result").contains("28\u00a0×\u00a028 pixels"));
    browser.find(".drawing button").click();
    browser.awaitText("#result", "Nothing has been classified yet.");
  }

  @Test
  void theKeyboardDraws() {
    open(1280, "light");
    browser.find("input[value=drawing]").click();
    browser.run("document.querySelector('.sheet canvas').focus()");
    browser.focused().sendKeys(Keys.ARROW_UP, Keys.SPACE);
    browser.awaitText("#drawing-help", "The pen is down.");
    browser.focused().sendKeys(Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.SPACE);
    browser.awaitText("#drawing-help", "The pen is up.");
    browser.awaitText("#result .announcement", "drawing.png: ");
    assertEquals(
        255L,
        browser.run(
            "return document.querySelector('.sheet canvas').getContext('2d').getImageData(150, 140, 1, 1).data[0]"));
  }

  @Test
  void theKeyboardReachesAllWithAVisibleFocusAndANameForEach() {
    open(1280, "light");
    chooseImage();
    browser.run("document.activeElement.blur()");
    StringBuilder reached = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      browser.actions().sendKeys(Keys.TAB).perform();
      WebElement focused = browser.focused();
      if (focused.getTagName().equals("body")) {
        break;
      }
      String name = focused.getAccessibleName();
      assertFalse(name.isEmpty(), focused.getTagName());
      assertNotEquals("none", focused.getCssValue("outline-style"), name);
      reached.append(name).append('\n');
    }
    for (String name :
        List.of(
            "Skip to",
            "hostile",
            "3 classes",
            "File",
            "Choose an image",
            "Classes shown",
            "Class maps",
            "All values",
            "Copy: This image",
            "Other routes")) {
      assertTrue(reached.toString().contains(name), reached.toString());
    }
  }

  @Test
  void anErrorIsTheServersSentence() throws IOException {
    open(1280, "light");
    Path text = Files.writeString(temp.resolve("text.png"), "no image");
    browser.find("#file").sendKeys(text.toString());
    browser.find("#result [role=alert]");
    assertTrue(
        browser.text("#result .error").matches("Status 4\\d\\d: .*image.*"),
        browser.text("#result .error"));
    assertEquals(1, browser.complaints().size()); // that of the status
    chooseImage();
    assertEquals(0, browser.all("[role=alert]").size());
  }

  @Test
  void aTokenIsAskedForAndNotShown() throws IOException {
    try (NinServer guarded = serve(models -> NinServer.builder(models).token(TOKEN))) {
      browser.open(address(guarded), 1280, "light");
      browser.find("#token").sendKeys("wrong", Keys.ENTER);
      browser.awaitText("[role=alert]", "Status 401: ");
      browser.find("#token").clear();
      browser.find("#token").sendKeys(TOKEN, Keys.ENTER);
      browser.find("#models .card");
      assertEquals(0, browser.all("#token, [role=alert]").size());
      chooseImage();
      assertTrue(browser.text("#routes").contains("-H \"Authorization: Bearer $TOKEN\""));
      assertEquals(
          0L,
          browser.run(
              "return localStorage.length + sessionStorage.length + document.cookie.length"));
      assertFalse(((String) browser.run("return document.body.innerHTML")).contains(TOKEN));
      assertTrue(browser.complaints().stream().allMatch(each -> each.contains("status of 401")));
    }
  }

  @Test
  void theCommandDoesTheSame() throws Exception {
    open(1280, "light");
    chooseImage();
    String command = browser.text("#routes code");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command.replace("curl ", "curl -sS "));
    Process curl = builder.directory(temp.toFile()).redirectErrorStream(true).start();
    String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, curl.waitFor(), answer);
    assertTrue(answer.contains("\"probability\""), answer);
  }

  @ParameterizedTest
  @CsvSource({"400, light", "400, dark", "1280, light", "1280, dark"})
  void nothingIsWiderThanTheWindowAndAllTextsStandOut(int width, String scheme) {
    open(width, scheme);
    chooseImage();
    browser.run("for (const each of document.querySelectorAll('details')) { each.open = true; }");
    assertEquals(0L, browser.run(HIDDEN_WIDTH));
    assertEquals(List.of(), browser.run(Contrast.LOW));
  }
}
