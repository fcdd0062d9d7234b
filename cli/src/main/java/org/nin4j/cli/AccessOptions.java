package org.nin4j.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.internal.FileErrors;
import org.nin4j.server.NinServerBuilder;
import picocli.CommandLine.Option;

/** The options for who may ask a server. */
final class AccessOptions {
  static final String HEADING = "%nAccess (secrets are in files or in the environment):%n";

  private static final String TOKEN = "NIN_TOKEN";
  private static final String TLS_PASSWORD = "NIN_TLS_PASSWORD";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Answer only clients that send the token in this file, as 'Authorization: Bearer TOKEN'."
              + " Default: the environment's NIN_TOKEN, or no token.")
  Path tokenFile;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description =
          "Answer over TLS only, with the key and certificate in this PKCS #12 or JKS file.")
  Path keystore;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "The keystore's password. Default: the environment's NIN_TLS_PASSWORD.")
  Path passwordFile;

  @Option(
      names = "--allowed-host",
      paramLabel = "NAME",
      description =
          "A further name that clients call the server by, such as models.example, or .example for all"
              + " below it. Repeat it for more.")
  List<String> hosts = new ArrayList<>();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description =
          "An origin, such as https://shop.example, whose pages may ask the server (CORS). Repeat it for"
              + " more. Default: none but the server's own.")
  List<String> origins = new ArrayList<>();

  /**
   * Checks that the options belong together.
   *
   * @throws UsageException when they do not
   */
  void check() {
    if (passwordFile != null && keystore == null) {
      throw new UsageException("--tls-password-file needs --tls-keystore, the file that it is for");
    }
  }

  /**
   * Sets what the options say.
   *
   * @throws UsageException when a value cannot be one
   * @throws IOException when a file cannot be read
   */
  void addTo(NinServerBuilder builder) throws IOException {
    Optional<String> token = secret(tokenFile, TOKEN);
    try {
      token.ifPresent(builder::token);
      hosts.forEach(builder::allowedHost);
      origins.forEach(builder::allowedOrigin);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    if (keystore != null) {
      String password =
          secret(passwordFile, TLS_PASSWORD)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--tls-keystore needs the keystore's password; give --tls-password-file or"
                              + " set "
                              + TLS_PASSWORD));
      builder.tls(keystore, password.toCharArray());
    }
  }

  /** Returns what to say when anybody on the network can ask. */
  Optional<String> warning(String host) throws IOException {
    try {
      boolean open =
          secret(tokenFile, TOKEN).isEmpty() && !InetAddress.getByName(host).isLoopbackAddress();
      return open
          ? Optional.of(
              "anybody who reaches "
                  + host
                  + " can use the models; ask for a token with --token-file")
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty(); // the server will say so
    }
  }

  /** Returns the option of curl that sends the token; empty when there is none. */
  String curlOption() {
    if (tokenFile != null) {
      return "-H \"Authorization: Bearer $(cat " + ShellWord.of(tokenFile.toString()) + ")\" ";
    }
    return System.getenv(TOKEN) == null ? "" : "-H \"Authorization: Bearer $" + TOKEN + "\" ";
  }

  private static Optional<String> secret(Path file, String variable) throws IOException {
    if (file == null) {
      return Optional.ofNullable(System.getenv(variable));
    }
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
