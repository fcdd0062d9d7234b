package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;

class TlsTest {
  private static final String PASSWORD = "a password";

  @TempDir private static Path folder;
  private static Path keystore;
  private static NinServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    keystore = folder.resolve("server.p12");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
    ServerLimits limits = ServerLimits.builder().headerTimeout(Duration.ofMillis(800)).build();
    server = BlockServer.start(limits, TlsTest::secure);
  }

  private static void secure(NinServerBuilder options) {
    try {
      options.tls(keystore, PASSWORD.toCharArray()).allowedHost("models.example");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 7];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    String[] rest = {"-alias", "server", "-keystore", keystore.toString(), "-storepass", PASSWORD};
    System.arraycopy(rest, 0, command, arguments.length + 1, rest.length);
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static SSLSocket socket() throws IOException, GeneralSecurityException {
    return socket(server);
  }

  private static SSLSocket socket(NinServer server) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    Certificate certificate =
        KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray()).getCertificate("server");
    trusted.setCertificateEntry("server", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port());
  }

  @Test
  void aClientThatTrustsTheKeyIsAnswered() throws IOException, GeneralSecurityException {
    assertEquals("https", server.address().getScheme());
    try (SSLSocket socket = socket();
        RawClient client = new RawClient(socket)) {
      assertEquals(200, client.send(BlockServer.request()).read().status());
      assertEquals(200, client.send(BlockServer.request()).read().status());
      assertEquals("TLSv1.3", socket.getSession().getProtocol());
    }
  }

  @Test
  void hostsAreThoseThatAreAllowedAndNotThoseOfTheCertificate()
      throws IOException, GeneralSecurityException {
    try (RawClient client = new RawClient(socket())) {
      for (String host : List.of("127.0.0.1", "models.example")) {
        client.send("GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        assertEquals(200, client.read().status(), host);
      }
      client.send("GET /livez HTTP/1.1\r\nHost: other.example\r\n\r\n");
      assertEquals(421, client.read().status());
    }
  }

  @Test
  void versionsBefore12AreNotSpoken() throws IOException, GeneralSecurityException {
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});
      assertThrows(SSLException.class, socket::startHandshake);
    }
  }

  @Test
  void headsAndHandshakesThatStopAreEnded()
      throws IOException, GeneralSecurityException, InterruptedException {
    try (RawClient head = new RawClient(socket());
        RawClient handshake = new RawClient(new Socket("localhost", server.port()))) {
      head.send("GET /livez HTT");
      handshake.send("\u0016\u0003\u0001");
      assertEquals(408, head.read().status());
      handshake.readAll(); // an alert at most, and then the end
    }
    BlockServer.await("all connections are gone", () -> server.connections() == 0);
  }

  @Test
  void whatIsWrongWithAKeystoreIsSaid() throws IOException {
    Path none = folder.resolve("none");
    Path garbage = Files.writeString(folder.resolve("garbage"), "nothing like it");
    assertEquals(
        "the keystore " + none + " cannot be read; check its path", problem(none, PASSWORD));
    assertTrue(problem(garbage, PASSWORD).contains("does not open"));
    assertTrue(problem(keystore, "another").contains("with this password"));
  }

  @Test
  void aKeystoreWithoutAKeyIsRefused() throws IOException, GeneralSecurityException {
    Path empty = folder.resolve("empty.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var out = Files.newOutputStream(empty)) {
      store.store(out, PASSWORD.toCharArray());
    }
    assertTrue(problem(empty, PASSWORD).startsWith("there is no private key in " + empty));
  }

  private static String problem(Path file, String password) {
    NinServerBuilder options = NinServer.builder(new ModelRepository(1, 1));
    return assertThrows(IOException.class, () -> options.tls(file, password.toCharArray()))
        .getMessage();
  }

  @Test
  void aClientThatGoesAwayWhileItWaitsFreesItsPlace() throws Exception {
    try (LoadedServer loaded = new LoadedServer(TlsTest::secure);
        RawClient staying = new RawClient(socket(loaded.server))) {
      CountDownLatch release = loaded.occupy();
      staying.send(LoadedServer.request());
      try (RawClient leaving = new RawClient(socket(loaded.server))) {
        leaving.send(LoadedServer.request());
        loaded.awaitWaiting(2);
        Thread.sleep(100);
      }
      loaded.awaitWaiting(1);
      release.countDown();
      assertEquals(200, staying.read().status());
      assertEquals(200, staying.send(LoadedServer.request()).read().status());
    }
  }
}
