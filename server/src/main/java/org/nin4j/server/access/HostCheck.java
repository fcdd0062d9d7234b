package org.nin4j.server.access;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.nin4j.internal.Quoted;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.RequestCheck;

/**
 * Refuses requests that call the server by a name that is not its own. A page from elsewhere can
 * let its name point at this machine (DNS rebinding) and would then be of the same origin as the
 * server; an address, {@code localhost} and the names that the operator gave cannot be taken so.
 */
public final class HostCheck implements RequestCheck {
  /** Stands for any name. */
  private static final String ANY = "*";

  private static final Pattern NAME = Pattern.compile("\\*|\\.?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private final Set<String> names;

  /**
   * Creates a check.
   *
   * @param listened the name or address that the server listens on
   * @param allowed further names; one that begins with a dot stands for all below it, and {@code *}
   *     for any
   */
  public HostCheck(String listened, Collection<String> allowed) {
    names = allowed.stream().map(HostCheck::lower).collect(Collectors.toSet());
    names.add("localhost");
    names.add(".localhost");
    names.add(lower(listened));
  }

  /**
   * {@return a name that may be allowed}
   *
   * @throws IllegalArgumentException when no {@code Host} header can have it
   */
  public static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "an allowed host must be a name without scheme and port, such as models.example, but is "
              + Quoted.text(name));
    }
    return name;
  }

  @Override
  public void check(Request request, Response response, boolean open) throws HttpError {
    String host = request.getHttpURI().getHost();
    if (host != null && !isAddress(host) && !isAllowed(lower(host))) {
      throw HttpError.of(
          421, "the server does not go by this name; let it with --allowed-host NAME");
    }
  }

  private boolean isAllowed(String host) {
    if (names.contains(host) || names.contains(ANY)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (names.contains(host.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  /** IPv6 in brackets, or four numbers: no name can end with a number. */
  private static boolean isAddress(String host) {
    if (host.startsWith("[")) {
      return true;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static String lower(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
