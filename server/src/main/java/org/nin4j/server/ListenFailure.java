package org.nin4j.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** Says why an address cannot be listened on, and what to do. */
final class ListenFailure {
  private static final int FIRST_FREE_FOR_ALL = 1024;

  private ListenFailure() {}

  /**
   * Returns the failure to tell.
   *
   * @param host the address that was asked for
   * @param port the port that was asked for
   * @param cause what the server failed with
   */
  static IOException of(String host, int port, Exception cause) {
    String where = "cannot listen on " + host + ":" + port + ": ";
    return new IOException(where + reason(host, port, cause), cause);
  }

  private static String reason(String host, int port, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String words = String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT);
    if (root instanceof UnresolvedAddressException || !isKnown(host)) {
      return "there is no host of that name; give an address of this machine, such as 127.0.0.1";
    }
    if (words.contains("in use")) {
      return "the port is in use; stop the program that uses it, or choose another port";
    }
    if (root instanceof BindException && words.contains("assign")) {
      return "this is not an address of this machine; use 127.0.0.1, or 0.0.0.0 for all that are";
    }
    if (port < FIRST_FREE_FOR_ALL && words.contains("denied")) {
      return "ports below "
          + FIRST_FREE_FOR_ALL
          + " are for privileged programs; choose another port";
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static boolean isKnown(String host) {
    try {
      return InetAddress.getByName(host) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
