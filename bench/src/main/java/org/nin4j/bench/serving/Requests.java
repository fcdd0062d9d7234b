package org.nin4j.bench.serving;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.nin4j.bench.load.PreparedRequest;
import org.nin4j.bench.rival.ServedFiles;

/** Writes requests, down to the byte, for a load generator. */
final class Requests {
  private Requests() {}

  /**
   * Inference with binary tensors, whose answers are compared with the logits of the model itself.
   *
   * @return the folder with the requests
   */
  static Path infer(ServedNetwork network) throws IOException {
    Path requests = Files.createDirectories(network.folder().resolve("infer"));
    for (int i = 0; i < ServedFiles.INPUTS; i++) {
      byte[] input = ServedFiles.input(network.folder(), i);
      byte[] json =
          String.format(
                  Locale.ROOT,
                  "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,1,%d,%d],\"datatype\":\"FP32\","
                      + "\"parameters\":{\"binary_data_size\":%d}}],"
                      + "\"outputs\":[{\"name\":\"logits\","
                      + "\"parameters\":{\"binary_data\":true}}]}",
                  network.size(),
                  network.size(),
                  input.length)
              .getBytes(StandardCharsets.UTF_8);
      String headers =
          "Content-Type: application/octet-stream\r\nInference-Header-Content-Length: "
              + json.length
              + "\r\n";
      byte[] request = request("/v2/models/" + network.name() + "/infer", headers, json, input);
      PreparedRequest.write(requests, i, request, ServedFiles.logits(network.folder(), i));
    }
    return requests;
  }

  /** The same inputs alone, for a server that knows only its model; answers are not compared. */
  static Path bare(ServedNetwork network) throws IOException {
    Path requests = Files.createDirectories(network.folder().resolve("bare"));
    for (int i = 0; i < ServedFiles.INPUTS; i++) {
      byte[] request = request("/", "", ServedFiles.input(network.folder(), i));
      PreparedRequest.write(requests, i, request, new byte[0]);
    }
    return requests;
  }

  static byte[] request(String path, String headers, byte[]... body) {
    int length = 0;
    for (byte[] part : body) {
      length += part.length;
    }
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
            + headers
            + "Content-Length: "
            + length
            + "\r\n\r\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + length);
    bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : body) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
