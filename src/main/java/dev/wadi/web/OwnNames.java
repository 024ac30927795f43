package dev.wadi.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses what a browser sends here on behalf of another site: requests under another site's name
 * (its DNS led to this machine), and changes that another site's page asks for.
 */
public final class OwnNames implements Handler<RoutingContext> {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final boolean strict;
  private final Set<String> names;

  /**
   * @param host the address that the server listens on
   * @param names those by which it is called as well, by a proxy before it, say; with none, and an
   *     address that others reach, nobody knows what it is called, and any name will do
   */
  public OwnNames(String host, List<String> names) {
    this.strict = isLoopback(host) || names.stream().anyMatch(name -> !name.isBlank());
    this.names =
        Stream.concat(Stream.of(host, "localhost", "::1"), names.stream())
            .filter(name -> !name.isBlank())
            .map(OwnNames::lower)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether only this machine reaches it. */
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String host = request.getHeader(HttpHeaders.HOST);
    if (strict && host != null && !isOwn(name(host))) {
      refuse(
          context, 421, "this server is not called " + printable(name(host)) + ": wadi.http.names");
    } else if (!SAFE.contains(request.method().name()) && isOfAnotherSite(request, host)) {
      refuse(context, 403, "pages of other sites may not send anything here");
    } else {
      context.next();
    }
  }

  private boolean isOwn(String name) {
    return names.contains(name) || isAddress(name) || name.endsWith(".localhost");
  }

  /** No DNS leads from an address to another machine; probes call a pod by its own. */
  private static boolean isAddress(String name) {
    return name.matches("\\d{1,3}(\\.\\d{1,3}){3}") || name.matches("[0-9a-f.]*(:[0-9a-f.]*){2,7}");
  }

  /** Browsers say where a page comes from whenever it sends something; others needn't. */
  private static boolean isOfAnotherSite(HttpServerRequest request, String host) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      // the same site may be another port of this machine, and so another program
      String site = request.getHeader("Sec-Fetch-Site");
      return "cross-site".equals(site) || "same-site".equals(site);
    }
    int end = origin.indexOf("://");
    if (end < 0 || host == null) {
      return true;
    }
    String ofScheme = origin.startsWith("https:") ? "443" : "80";
    String from = origin.substring(end + 3);
    return !name(from).equals(name(host)) || !port(from, ofScheme).equals(port(host, ofScheme));
  }

  private static void refuse(RoutingContext context, int status, String why) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(why + "\n")
        // its body is not read, so nothing behind it may be taken for a request
        .onComplete(sent -> context.request().connection().close());
  }

  /** A host without its port: {@code [::1]:8080} is {@code ::1}. */
  private static String name(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : lower(host.substring(1, end));
    }
    int colon = host.lastIndexOf(':');
    return lower(colon < 0 ? host : host.substring(0, colon));
  }

  /** The port behind a host; where there is none, the one that the scheme has. */
  private static String port(String host, String ofScheme) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(colon + 1) : ofScheme;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String printable(String name) {
    return name.replaceAll("[^a-z0-9._-]", "?");
  }
}
