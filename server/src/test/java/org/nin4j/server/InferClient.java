package org.nin4j.server;

import java.io.IOException;
import org.nin4j.server.RawClient.Answer;

/** Asks for logits on a connection of its own. */
final class InferClient implements AutoCloseable {
  private final RawClient connection;

  InferClient(NinServer server) throws IOException {
    connection = new RawClient(server);
  }

  /** Returns the logits of an image of {@link LoadedServer#image}. */
  float[] logits(String model, float[] image) throws IOException {
    Answer answer = connection.send(LoadedServer.request(model, image)).read();
    if (answer == null || answer.status() != 200) {
      throw new IOException("not answered as asked: " + answer);
    }
    String body = answer.body();
    int begin = body.indexOf("\"data\":[") + 8;
    String[] numbers = body.substring(begin, body.indexOf(']', begin)).split(",", -1);
    float[] logits = new float[numbers.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Float.parseFloat(numbers[i]);
    }
    return logits;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
