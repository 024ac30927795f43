package dev.wadi;

import com.fasterxml.jackson.core.JsonPointer;
import dev.wadi.event.SetupException;
import dev.wadi.intake.poll.HttpApi;
import dev.wadi.intake.poll.Paging;
import dev.wadi.intake.poll.PollOptions;
import dev.wadi.intake.poll.PollStep;
import dev.wadi.intake.poll.PollStoredStep;
import dev.wadi.intake.poll.Poller;
import dev.wadi.intake.poll.S3StateStore;
import dev.wadi.intake.poll.Token;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.web.OwnNames;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.s3.S3Client;

/** The API that is polled, if there is one. */
record Polling(Settings settings) {

  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  /** Hex digits of what tells one API, and one way to read it, from another. */
  private static final int DIGITS = 16;

  /** Whether an API is polled. */
  boolean isPolled() {
    return !settings.text(Setting.POLL_URL).isBlank();
  }

  /** The route, if it isn't wanted. */
  List<String> leftOut() {
    return isPolled() ? List.of() : List.of("poll-api");
  }

  /**
   * @param environment where the token must come from
   * @throws SetupException if the settings don't make a request
   */
  void require(Map<String, String> environment) {
    String token = settings.text(Setting.POLL_TOKEN);
    if (!token.trim().equals(environment.getOrDefault("WADI_POLL_TOKEN", "").trim())) {
      throw new SetupException(
          Setting.POLL_TOKEN.property()
              + " is set elsewhere than in the environment, where others may read it: set"
              + " WADI_POLL_TOKEN instead");
    }
    if (!isPolled()) {
      return;
    }
    URI url = url();
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new SetupException(
          Setting.POLL_URL.property()
              + " has a user's name or a fragment in it: a secret goes into WADI_POLL_TOKEN");
    }
    if (!token.isBlank()
        && !url.getScheme().equalsIgnoreCase("https")
        && !OwnNames.isLoopback(url.getHost())) {
      throw new SetupException(
          Setting.POLL_URL.property()
              + " is http, by which anybody could read the token: use https");
    }
    requirePaging();
    headers().forEach(Polling::requireHeader);
    token();
    requireHeader(settings.text(Setting.POLL_TOKEN_HEADER), "token");
  }

  /** Gives the route what it needs, if an API is polled. */
  void bind(
      S3Client s3,
      BiConsumer<String, Object> registry,
      Health health,
      Metrics metrics,
      Clock clock) {
    if (!isPolled()) {
      return;
    }
    String source = "poll:" + url().getHost();
    Poller poller =
        new Poller(
            source,
            options(),
            new HttpApi(
                url(),
                token(),
                headers(),
                settings.duration(Setting.POLL_TIMEOUT),
                settings.number(Setting.POLL_MAX_BYTES)),
            new S3StateStore(s3, settings.text(Setting.LAND_BUCKET), stateKey()),
            metrics,
            clock,
            new Random(new SecureRandom().nextLong()));
    health.add("polled API", poller::check);
    registry.accept("poll", new PollStep(source, poller, clock));
    registry.accept("pollStored", new PollStoredStep(poller));
  }

  private PollOptions options() {
    return new PollOptions(
        url(),
        paging(),
        JsonPointer.compile(settings.text(Setting.POLL_ITEMS)),
        settings.text(Setting.POLL_KEEP_CURSOR).equals("true"),
        settings.text(Setting.POLL_SINCE_PARAMETER),
        settings.duration(Setting.POLL_SINCE_OVERLAP),
        settings.list(Setting.POLL_CONTENT_TYPES).stream()
            .map(type -> type.toLowerCase(Locale.ROOT))
            .toList(),
        settings.text(Setting.POLL_BUCKET),
        keys(),
        new PollOptions.Limits(
            settings.duration(Setting.POLL_INTERVAL),
            settings.rate(Setting.POLL_REQUESTS_PER_SECOND),
            settings.count(Setting.POLL_MAX_PAGES),
            settings.count(Setting.POLL_RETRY_ATTEMPTS),
            new Backoff(settings.duration(Setting.POLL_RETRY_DELAY), LONGEST_RETRY)));
  }

  private Paging paging() {
    Paging.Scheme scheme =
        Paging.Scheme.valueOf(settings.text(Setting.POLL_PAGING).toUpperCase(Locale.ROOT));
    String parameter = settings.text(Setting.POLL_PARAMETER);
    String cursor = settings.text(Setting.POLL_CURSOR);
    return new Paging(
        scheme,
        parameter.isBlank() ? scheme.parameter() : parameter,
        scheme == Paging.Scheme.PAGE ? settings.count(Setting.POLL_FIRST_PAGE) : 0,
        settings.text(Setting.POLL_SIZE_PARAMETER),
        settings.count(Setting.POLL_PAGE_SIZE),
        cursor.isBlank() ? null : JsonPointer.compile(cursor));
  }

  private void requirePaging() {
    boolean byCursor = settings.text(Setting.POLL_PAGING).equals("cursor");
    if (byCursor != !settings.text(Setting.POLL_CURSOR).isBlank()) {
      throw new SetupException(
          Setting.POLL_PAGING.property()
              + " = cursor and "
              + Setting.POLL_CURSOR.property()
              + " must be set together");
    }
    if (settings.text(Setting.POLL_KEEP_CURSOR).equals("true") && !byCursor) {
      throw new SetupException(
          Setting.POLL_KEEP_CURSOR.property()
              + " is true, and there is no cursor: set "
              + Setting.POLL_PAGING.property()
              + " = cursor");
    }
    if (settings.rate(Setting.POLL_REQUESTS_PER_SECOND) == 0) {
      throw new SetupException(
          Setting.POLL_REQUESTS_PER_SECOND.property()
              + " is 0, so nothing would ever be asked: leave "
              + Setting.POLL_URL.property()
              + " blank instead");
    }
  }

  private static void requireHeader(String name, String value) {
    try {
      HttpRequest.newBuilder().setHeader(name, value);
    } catch (IllegalArgumentException e) {
      // without its message, which may have the value
      throw new SetupException("no request can have the header '" + name + "' set so");
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : settings.text(Setting.POLL_HEADERS).split("\\|")) {
      int colon = header.indexOf(':');
      if (colon > 0) {
        headers.put(header.substring(0, colon).trim(), header.substring(colon + 1).trim());
      }
    }
    return headers;
  }

  private Token token() {
    return Token.of(
        settings.text(Setting.POLL_TOKEN_HEADER),
        settings.text(Setting.POLL_TOKEN_SCHEME),
        settings.text(Setting.POLL_TOKEN));
  }

  private URI url() {
    return URI.create(settings.text(Setting.POLL_URL));
  }

  /** Of the lake too: what was put for another one was never told of to this one. */
  private String keys() {
    return settings.text(Setting.POLL_PREFIX)
        + "/"
        + url().getHost().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_")
        + "/"
        + digits(settings.text(Setting.LAND_BUCKET) + "\n" + settings.text(Setting.POLL_URL))
        + "/";
  }

  /** Another one where something would be read otherwise, or put elsewhere: all is new there. */
  private String stateKey() {
    return "_wadi/poll/"
        + digits(
            String.join(
                "\n",
                settings.text(Setting.POLL_URL),
                settings.text(Setting.POLL_ITEMS),
                paging().toString(),
                settings.text(Setting.POLL_KEEP_CURSOR),
                settings.text(Setting.POLL_SINCE_PARAMETER),
                settings.text(Setting.POLL_HEADERS),
                settings.text(Setting.POLL_BUCKET),
                settings.text(Setting.POLL_PREFIX)))
        + ".json";
  }

  private static String digits(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
