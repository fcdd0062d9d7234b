package org.nin4j.bench.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.nin4j.bench.load.PreparedRequest;
import org.nin4j.bench.rival.ChildProcess;
import org.nin4j.bench.rival.ServedFiles;

/**
 * JPEG files in colour, 320 x 240, and what the plain route must answer to them: the same classes
 * and probabilities, digit by digit, as {@code nin predict} prints.
 */
final class Photographs {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int SHAPES = 40;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Photographs() {}

  /**
   * Writes requests, after the server has been asked once and compared with {@code nin predict}.
   *
   * @return the folder with the requests
   */
  static Path requests(Launcher launcher, Target server, ServedNetwork network)
      throws IOException, InterruptedException {
    Path requests = Files.createDirectories(network.folder().resolve("classify"));
    List<Path> images = new ArrayList<>();
    for (int i = 0; i < ServedFiles.INPUTS; i++) {
      images.add(write(requests.resolve(i + ".jpg"), i));
    }
    String path = "/classify/" + network.name() + "?top=10";
    try (ChildProcess predict = launcher.predict(network, images)) {
      for (int i = 0; i < images.size(); i++) {
        byte[] image = Files.readAllBytes(images.get(i));
        byte[] answer = post(server, path, image);
        JsonNode expected = JSON.readTree("{" + predict.lineAfter("{", "about an image"));
        JsonNode found = JSON.readTree(answer);
        if (!same(found.findValue("classes"), expected.findValue("predictions"))) {
          throw new IOException(
              "the server answers "
                  + new String(answer, StandardCharsets.UTF_8)
                  + ", but nin predict "
                  + expected);
        }
        byte[] request = Requests.request(path, "Content-Type: image/jpeg\r\n", image);
        PreparedRequest.write(requests, i, request, answer);
      }
    }
    return requests;
  }

  /** Whether two rankings have the same labels and the same probabilities. */
  static boolean same(JsonNode one, JsonNode other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same =
          one.get(i).get("label").equals(other.get(i).get("label"))
              && one.get(i).get("probability").equals(other.get(i).get("probability"));
    }
    return same;
  }

  private static byte[] post(Target server, String path, byte[] image)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "image/jpeg")
            .POST(HttpRequest.BodyPublishers.ofByteArray(image))
            .build();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          path
              + " is answered by "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /** Overlapping ovals of random sizes and shades. */
  private static Path write(Path file, long seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < SHAPES; i++) {
      int x = random.nextInt(WIDTH);
      int y = random.nextInt(HEIGHT);
      Color from = new Color(random.nextInt(1 << 24));
      Color to = new Color(random.nextInt(1 << 24));
      graphics.setPaint(new GradientPaint(x, y, from, x + 60f, y + 60f, to, true));
      graphics.fillOval(x - 60, y - 60, 20 + random.nextInt(160), 20 + random.nextInt(160));
    }
    graphics.dispose();
    ImageIO.write(image, "jpeg", file.toFile());
    return file;
  }
}
