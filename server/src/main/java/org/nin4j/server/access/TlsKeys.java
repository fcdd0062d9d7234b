package org.nin4j.server.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads the key and certificate of a server from a keystore. */
public final class TlsKeys {
  private TlsKeys() {}

  /**
   * Reads a keystore.
   *
   * @param file PKCS #12 or JKS
   * @param password of the store and of the key in it
   * @return what makes TLS 1.2 and 1.3 of it
   * @throws IOException when it cannot be read, the password is another one, or there is no key in
   *     it; the message says which
   */
  public static SslContextFactory.Server read(Path file, char[] password) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("the keystore " + file + " cannot be read; check its path");
    }
    KeyStore store;
    try {
      store = KeyStore.getInstance(file.toFile(), password);
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          "the keystore " + file + " does not open; it must be PKCS #12 or JKS, with this password",
          e);
    }
    checkKey(file, store, password);
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(store);
    tls.setKeyStorePassword(new String(password));
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return tls;
  }

  private static void checkKey(Path file, KeyStore store, char[] password) throws IOException {
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          store.getKey(alias, password);
          return;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the key in " + file + " does not open; its password must be that of the keystore", e);
    }
    throw new IOException(
        "there is no private key in " + file + "; it needs one with its certificate");
  }
}
