package dev.wadi.intake.poll;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is done with the URLs of pages. */
final class PageUrl {

  private PageUrl() {}

  /** The URL with a parameter of its query set, in the place of what it was set to. */
  static URI with(URI url, String parameter, String value) {
    List<String> query = new ArrayList<>();
    for (String part : parts(url)) {
      if (!name(part).equals(parameter)) {
        query.add(part);
      }
    }
    query.add(encoded(parameter) + "=" + encoded(value));
    String text = url.toString();
    int end = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
    return URI.create(text.substring(0, end) + "?" + String.join("&", query));
  }

  /** What a parameter of the query is set to, or null. */
  static String value(URI url, String parameter) {
    for (String part : parts(url)) {
      if (name(part).equals(parameter)) {
        int equals = part.indexOf('=');
        return equals < 0 ? "" : decoded(part.substring(equals + 1));
      }
    }
    return null;
  }

  /**
   * Whether both are of one scheme, host and port: whoever has the one's secrets has the other's.
   */
  static boolean sameOrigin(URI one, URI other) {
    return origin(one).equals(origin(other));
  }

  /**
   * A URL that a server names, without its fragment. By RFC 3986, 5.2: the JDK's own way is older,
   * and takes {@code ?page=2} for another path.
   *
   * @throws IllegalArgumentException if it is none of HTTP, or leads from https to http
   */
  static URI resolve(URI from, String reference) {
    URI to = absolute(from, reference.trim());
    String scheme = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.matches("https?") || to.getHost() == null) {
      throw new IllegalArgumentException("'" + to + "' is no URL of HTTP");
    }
    if (from.getScheme().equalsIgnoreCase("https") && !scheme.equals("https")) {
      throw new IllegalArgumentException("'" + to + "' leads from https to http");
    }
    if (to.getRawUserInfo() != null) {
      throw new IllegalArgumentException("a URL with a user's name and password");
    }
    String text = to.toString();
    return text.contains("#") ? URI.create(text.substring(0, text.indexOf('#'))) : to;
  }

  private static URI absolute(URI from, String reference) {
    String text = from.toString();
    String path = text.substring(0, end(text, "?#"));
    if (reference.startsWith("?")) {
      return URI.create(path + reference);
    }
    if (reference.isEmpty() || reference.startsWith("#")) {
      return URI.create(text.substring(0, end(text, "#")) + reference);
    }
    // without a path, the JDK would put what is relative behind the host's name
    return (from.getRawPath().isEmpty() ? URI.create(path + "/") : from).resolve(reference);
  }

  /** Where one of these is in a text, or its end. */
  private static int end(String text, String marks) {
    int at = 0;
    while (at < text.length() && marks.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static String origin(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = url.getPort() < 0 ? usual : url.getPort();
    return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  private static List<String> parts(URI url) {
    String query = url.getRawQuery();
    return query == null || query.isEmpty() ? List.of() : List.of(query.split("&"));
  }

  private static String name(String part) {
    int equals = part.indexOf('=');
    return decoded(equals < 0 ? part : part.substring(0, equals));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // a server's own way to write it; compared as it is
      return text;
    }
  }
}
