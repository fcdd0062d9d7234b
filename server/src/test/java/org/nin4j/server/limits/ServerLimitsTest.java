package org.nin4j.server.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.nin4j.data.ImageFiles;
import org.nin4j.error.InvalidFileException;

class ServerLimitsTest {
  private static String refusal(Consumer<ServerLimitsBuilder> change) {
    ServerLimitsBuilder builder = ServerLimits.builder();
    change.accept(builder);
    return assertThrows(IllegalArgumentException.class, builder::build).getMessage();
  }

  @Test
  void whatLetsNothingThroughIsRefused() {
    List<Consumer<ServerLimitsBuilder>> changes =
        List.of(
            limits -> limits.maxHead(1023),
            limits -> limits.maxBody(0),
            limits -> limits.maxBodyMemory(1),
            limits -> limits.maxPixels(0),
            limits -> limits.maxRequests(0),
            limits -> limits.minDataRate(-1),
            limits -> limits.maxConnections(0),
            limits -> limits.queueTimeout(Duration.ZERO),
            limits -> limits.headerTimeout(Duration.ofMillis(-1)),
            limits -> limits.requestTimeout(Duration.ofNanos(999_999)),
            limits -> limits.idleTimeout(Duration.ofDays(2)));
    for (Consumer<ServerLimitsBuilder> change : changes) {
      String message = refusal(change);
      assertTrue(message.contains(" must be from ") && message.contains(", but is "), message);
    }
  }

  @Test
  void theLargestImagesAreThoseThatCanBeDecoded() {
    long most = ServerLimits.builder().maxPixels(700_000_000).build().maxPixels();
    assertThrows(InvalidFileException.class, () -> ImageFiles.read(new byte[1], 3, most));
    assertThrows(IllegalArgumentException.class, () -> ImageFiles.read(new byte[1], 3, most + 1));
    assertEquals(
        "the largest image must be from 1 to 700000000 pixels, but is 700000001",
        refusal(limits -> limits.maxPixels(most + 1)));
  }

  @Test
  void theMemoryForBodiesIsEnoughForTheLongest() {
    long body = 1 << 30;
    assertTrue(ServerLimits.builder().maxBody(body).build().maxBodyMemory() >= body);
  }
}
