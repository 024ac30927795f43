package dev.wadi.intake.poll;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An API by the JDK's own client. Redirects are followed here, since the client would take the
 * token along: only the host that was configured gets it, and the headers that were. One deadline
 * is for all of an answer, since the client's own ends with the headers.
 */
public final class HttpApi implements Api {

  private static final int MOST_REDIRECTS = 5;
  private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

  private final HttpClient client;
  private final URI home;
  private final Token token;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final long maxBytes;

  /**
   * @param home the URL that was configured: of the host that may have the token
   * @param headers for that host too
   * @param timeout for an answer with all of its body
   * @param maxBytes the longest body
   */
  public HttpApi(
      URI home, Token token, Map<String, String> headers, Duration timeout, long maxBytes) {
    this.home = home;
    this.token = token;
    this.headers = Map.copyOf(headers);
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    // a cut connection is told apart better by HTTP/1.1, and there is one request at a time
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public Answer get(URI url, String etag, String lastModified)
      throws IOException, InterruptedException {
    URI at = url;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Answer answer = ask(request(at, etag, lastModified), at);
      if (!REDIRECTS.contains(answer.status())) {
        return answer;
      }
      URI from = at;
      String location =
          answer
              .header("location")
              .orElseThrow(() -> new IOException("a redirect from " + from + " to nowhere"));
      try {
        at = PageUrl.resolve(at, location);
      } catch (IllegalArgumentException e) {
        throw new IOException("a redirect isn't followed: " + e.getMessage(), e);
      }
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects, the last to " + at);
  }

  private HttpRequest request(URI url, String etag, String lastModified) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).GET();
    request.setHeader("Accept", "application/json");
    request.setHeader("User-Agent", "wadi");
    if (PageUrl.sameOrigin(url, home)) {
      headers.forEach(request::setHeader);
      if (token.isThere()) {
        request.setHeader(token.header(), token.value());
      }
    }
    if (etag != null) {
      request.setHeader("If-None-Match", etag);
    }
    if (lastModified != null) {
      request.setHeader("If-Modified-Since", lastModified);
    }
    return request.build();
  }

  private Answer ask(HttpRequest request, URI url) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<BoundedBody.Body>> asked =
        client.sendAsync(request, head -> new BoundedBody(maxBytes));
    try {
      HttpResponse<BoundedBody.Body> response =
          asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      Map<String, List<String>> found = new HashMap<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> found.put(name.toLowerCase(Locale.ROOT), values));
      return new Answer(
          url, response.statusCode(), found, response.body().bytes(), response.body().whole());
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException(
          "no connection to "
              + url.getHost()
              + ", or it broke: "
              + (cause.getMessage() == null
                  ? cause.getClass().getSimpleName()
                  : cause.getMessage()),
          cause);
    } finally {
      asked.cancel(true);
    }
  }
}
