package dev.wadi.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.HandClock;
import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Metrics;
import dev.wadi.process.PublicApi;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A poller and a server like those of public APIs, on this machine. */
@Tag("unit")
class PollerTest {

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final String KEYS = "poll/api/0/";

  private final HandClock clock = new HandClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Metrics metrics = new Metrics(registry, clock);
  private final PublicApi server = new PublicApi(3);
  private final MemoryStates states = new MemoryStates();
  private final Map<String, String> bucket = new LinkedHashMap<>();
  private final List<Polled.Refused> refused = new ArrayList<>();

  private static final class MemoryStates implements StateStore {
    private byte[] state;
    private int puts;
    private boolean down;

    @Override
    public Optional<byte[]> get() {
      requireUp();
      return Optional.ofNullable(state);
    }

    @Override
    public void put(byte[] put) {
      requireUp();
      state = put;
      puts++;
    }

    private void requireUp() {
      if (down) {
        throw new TransientException("the store is down", null);
      }
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "offset", "cursor", "link"})
  void readsAllPagesByEachScheme(String scheme) {
    server.add(items(0, 8));
    Poller poller = poller(scheme);
    sweep(poller);
    assertThat(bucket.values()).containsExactly(lines(0, 3), lines(3, 6), lines(6, 8));
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.UP);
    assertThat(states.puts).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "offset", "cursor", "link"})
  void writesNothingOfWhatHasNotChanged(String scheme) {
    server.add(items(0, 8));
    Poller poller = poller(scheme);
    sweep(poller);
    bucket.clear();
    clock.forward(INTERVAL);
    sweep(poller);
    // the last page of a list of links is asked for whole, since only its headers tell of more
    assertThat(bucket.values()).isSubsetOf(lines(6, 8));
    assertThat(requests("unchanged")).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "offset", "cursor", "link"})
  void findsWhatIsNewAfterARestart(String scheme) {
    server.add(items(0, 6));
    sweep(poller(scheme));
    server.add(items(6, 7));
    bucket.clear();
    sweep(poller(scheme));
    assertThat(bucket.values()).contains(lines(6, 7)).doesNotContain(lines(0, 3));
  }

  @Test
  void followsALinkFromWhereARedirectHasLed() {
    server.fail(
        PublicApi.answer(302, Map.of("Location", "/moved/items?page=1"), ""),
        PublicApi.answer(
            200,
            Map.of("Content-Type", "application/json", "Link", "<?page=2>; rel=next"),
            "{\"items\":[{}]}"));
    sweep(poller("link"));
    assertThat(server.asked())
        .containsExactly("/link", "/moved/items?page=1", "/moved/items?page=2");
  }

  @Test
  void endsNoSweepAtALinkThatItDoesNotUnderstand() {
    server.fail(
        PublicApi.answer(
            200,
            Map.of("Content-Type", "application/json", "Link", "<?page=2>; rel=\"next"),
            "{\"items\":[{}]}"));
    takeOne(poller("link"));
    assertThat(refused).extracting(Polled.Refused::reason).containsExactly("wrong_next_page");
    assertThat(states.puts).isZero();
  }

  @Test
  void asksWholeForWhatMayHaveChangedInItsSecond() {
    String json = "{\"items\":[{}]}";
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/json", "Last-Modified", "Wed, 01 Jan 2200 00:00:00 GMT");
    server.fail(PublicApi.answer(200, headers, json), PublicApi.answer(200, headers, json));
    Poller poller = poller("none");
    sweep(poller);
    clock.forward(INTERVAL);
    sweep(poller);
    assertThat(server.requests())
        .hasSize(2)
        .allMatch(request -> request.header("If-Modified-Since") == null);
  }

  @Test
  void asksAgainWholeAfterASweepThatDidNotEnd() {
    server.add(items(0, 8));
    Poller dies = poller("page");
    take(dies);
    take(dies);
    Poller next = poller("page");
    sweep(next);
    assertThat(bucket).as("the same content has the same keys").hasSize(3);
    assertThat(server.requests()).allMatch(request -> request.header("If-None-Match") == null);
  }

  @Test
  void handsOutTheSameUntilItIsDurable() {
    server.add(items(0, 8));
    Poller poller = poller("page");
    assertThat(poller.take()).isEqualTo(poller.take()).isPresent();
    clock.forward(INTERVAL);
    poller.take();
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void isDegradedWhileWhatItHandsOutIsNotPut() {
    server.add(items(0, 2));
    Poller poller = poller("none");
    String key = ((Polled.Content) poller.take().orElseThrow()).key();
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.UP);
    poller.take();
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.DEGRADED);
    assertThat(poller.check().detail()).contains(key + " could not be put into raw-bucket");
    poller.stored(true);
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.UP);
  }

  @Test
  void isDegradedWhileADeadLetterIsNotKept() {
    server.fail(PublicApi.answer(200, Map.of("Content-Type", "text/html"), "<html>"));
    Poller poller = poller("none");
    poller.take();
    poller.take();
    assertThat(poller.check().detail()).contains("a dead letter could not be kept");
    poller.stored(true);
    assertThat(poller.check().detail()).contains("content type is text/html");
  }

  @Test
  void saysThatItCouldNotPutBetweenPagesNoLonger() {
    server.add(items(0, 4));
    Poller poller = poller("page");
    poller.take();
    poller.take();
    poller.stored(true);
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.UP);
  }

  @Test
  void goesOnAtTheCursorThatItKept() {
    server.add(items(0, 7));
    sweep(poller(options("cursor").keepCursor()));
    server.add(items(7, 9));
    bucket.clear();
    sweep(poller(options("cursor").keepCursor()));
    assertThat(server.asked()).filteredOn(uri -> !uri.contains("cursor=")).hasSize(1);
    assertThat(String.join("", bucket.values())).isEqualTo(lines(6, 9));
  }

  @Test
  void asksForWhatIsNewSinceTheLastSweep() {
    server.add(items(0, 2));
    sweep(poller(options("none").since("since")));
    clock.forward(INTERVAL);
    sweep(poller(options("none").since("since")));
    assertThat(server.asked()).containsExactly("/none", "/none?since=2026-11-21T11%3A55%3A00Z");
  }

  @Test
  void waitsAsLongAsItIsAskedTo() {
    server.add(items(0, 2));
    server.fail(PublicApi.answer(429, Map.of("Retry-After", "120"), "slower"));
    Poller poller = poller("none");
    assertThat(poller.take()).isEmpty();
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.DEGRADED);
    clock.forward(Duration.ofSeconds(119));
    assertThat(poller.take()).isEmpty();
    assertThat(server.asked()).hasSize(1);
    clock.forward(Duration.ofSeconds(2));
    assertThat(poller.take()).isPresent();
    assertThat(registry.get("wadi.poll.waits").tag("reason", "server").counter().count())
        .isEqualTo(1);
  }

  @Test
  void waitsUntilTheLimitIsResetWhichAForbiddenTells() {
    long reset = clock.instant().plusSeconds(90).getEpochSecond();
    server.add(items(0, 2));
    server.fail(
        PublicApi.answer(
            403,
            Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", Long.toString(reset)),
            ""));
    Poller poller = poller("none");
    poller.take();
    clock.forward(Duration.ofSeconds(89));
    assertThat(poller.take()).isEmpty();
    clock.forward(Duration.ofSeconds(2));
    assertThat(poller.take()).isPresent();
  }

  @Test
  void keepsToItsOwnRate() {
    server.add(items(0, 8));
    Poller poller = poller("page");
    take(poller);
    take(poller);
    assertThat(server.asked()).as("one request a second").hasSize(1);
    clock.forward(Duration.ofSeconds(1));
    take(poller);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void asksAgainAfterErrorsCutsAndHalfAnswers() {
    server.add(items(0, 2));
    server.fail(
        PublicApi.answer(500, Map.of(), "oops"),
        PublicApi.cut(),
        PublicApi.cutAmid("{\"items\":[{\"id\":1}]}"),
        PublicApi.answer(503, Map.of("Retry-After", "5"), ""));
    Poller poller = poller("none");
    sweep(poller);
    assertThat(bucket.values()).containsExactly(lines(0, 2));
    assertThat(server.asked())
        .as("the JDK asks once more by itself on a kept connection")
        .hasSize(5);
  }

  @Test
  void givesUpASweepUntilTheNextIntervalAndSaysSo() {
    server.fail(
        IntStream.range(0, 5)
            .mapToObj(n -> PublicApi.answer(500, Map.of(), ""))
            .toArray(PublicApi.Fault[]::new));
    server.add(items(0, 2));
    Poller poller = poller("none");
    for (int i = 0; i < 40; i++) {
      take(poller);
      clock.forward(Duration.ofSeconds(1));
    }
    assertThat(server.asked()).as("asked once, and four times again").hasSize(5);
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.DEGRADED);
    assertThat(poller.check().detail()).contains("answered with 500", "tried 5 times");
    clock.forward(INTERVAL);
    sweep(poller);
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.UP);
  }

  @Test
  void givesUpAtOnceWhatIsForbidden() {
    server.fail(PublicApi.answer(401, Map.of(), ""));
    Poller poller = poller("none");
    take(poller);
    assertThat(poller.check().detail()).contains("401", "WADI_POLL_TOKEN");
    clock.forward(Duration.ofSeconds(30));
    take(poller);
    assertThat(server.asked()).hasSize(1);
  }

  private enum Wrong {
    HTML("text/html", "<html>", "wrong_content_type"),
    CHARSET("application/json; charset=latin1", "[]", "wrong_content_type"),
    CUT("application/json", "{\"items\":[{}", "not_json"),
    TEXT("application/json", "hello", "not_json"),
    TWO("application/json", "{\"items\":[]} {}", "not_json"),
    EMPTY("application/json", "", "no_items"),
    ELSEWHERE("application/json", "{\"data\":[]}", "no_items"),
    LARGE("application/json", "[\"" + "x".repeat(20_000) + "\"]", "answer_too_large");

    private final String type;
    private final String body;
    private final String reason;

    Wrong(String type, String body, String reason) {
      this.type = type;
      this.body = body;
      this.reason = reason;
    }
  }

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void makesADeadLetterOfWhatIsNoPageAndStaysDegraded(Wrong wrong) {
    PublicApi.Fault fault = PublicApi.answer(200, Map.of("Content-Type", wrong.type), wrong.body);
    server.add(items(0, 4));
    Poller poller = poller("page");
    takeOne(poller);
    server.fail(fault, fault);
    takeOne(poller);
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).reason()).isEqualTo(wrong.reason);
    assertThat(refused.get(0).position()).isEqualTo(server.url("/page?page=2").toString());
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.DEGRADED);
    assertThat(states.puts).as("nothing counts as read").isZero();
    clock.forward(INTERVAL);
    takeOne(poller);
    assertThat(refused).as("the same again makes no other").hasSize(1);
    clock.forward(INTERVAL);
    sweep(poller);
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.UP);
    assertThat(bucket).hasSize(2);
  }

  @Test
  void endsAnEndlessListOfPages() {
    PublicApi.Fault same =
        PublicApi.answer(200, Map.of("Content-Type", "application/json"), "{\"items\":[{}]}");
    server.fail(same, same, same);
    Poller counted = poller("page");
    sweep(counted);
    assertThat(counted.check().detail()).contains("the same items as the page before");
    assertThat(states.puts).isZero();
  }

  @Test
  void endsACircleOfPages() {
    for (String next : List.of("a", "b", "a", "b")) {
      server.fail(
          PublicApi.answer(
              200,
              Map.of("Content-Type", "application/json"),
              "{\"items\":[{}],\"next\":\"" + next + "\"}"));
    }
    Poller poller = poller("cursor");
    sweep(poller);
    assertThat(server.asked()).hasSize(3);
    assertThat(poller.check().detail()).contains("was there before in this sweep");
    assertThat(states.puts).isZero();
  }

  @Test
  void givesUpASweepOfTooManyPages() {
    server.add(items(0, 100));
    Poller poller = poller("page");
    sweep(poller);
    assertThat(bucket).hasSize(10);
    assertThat(poller.check().detail()).contains("wadi.poll.max-pages");
    assertThat(states.puts).isZero();
  }

  @Test
  void goesOnBehindTheMostPagesWhereItKeepsTheCursor() {
    server.add(items(0, 50));
    Poller poller = poller(options("cursor").keepCursor());
    for (int i = 0; i < 30; i++) {
      take(poller);
      clock.forward(Duration.ofSeconds(1));
    }
    assertThat(String.join("", bucket.values())).isEqualTo(lines(0, 50));
    assertThat(server.asked()).filteredOn("/cursor"::equals).hasSize(1);
  }

  @Test
  void asksForNothingWhileTheStoreIsDownAndLosesNothing() {
    server.add(items(0, 2));
    states.down = true;
    Poller poller = poller("none");
    take(poller);
    assertThat(server.asked()).isEmpty();
    assertThat(poller.check().detail()).contains("the store is down");
    states.down = false;
    clock.forward(INTERVAL);
    poller.take();
    states.down = true;
    poller.stored(true);
    states.down = false;
    clock.forward(INTERVAL);
    take(poller);
    assertThat(states.puts).isEqualTo(1);
  }

  @Test
  void readsAnewWhenItsStateIsDamaged() {
    server.add(items(0, 2));
    states.state = "{\"url\":".getBytes(StandardCharsets.UTF_8);
    sweep(poller("none"));
    assertThat(bucket.values()).containsExactly(lines(0, 2));
  }

  private static final class Options {
    private final URI url;
    private final Paging.Scheme scheme;
    private boolean keepCursor;
    private String since = "";

    private Options(URI url, String scheme) {
      this.url = url;
      this.scheme = Paging.Scheme.valueOf(scheme.toUpperCase(java.util.Locale.ROOT));
    }

    private Options keepCursor() {
      keepCursor = true;
      return this;
    }

    private Options since(String parameter) {
      since = parameter;
      return this;
    }

    private PollOptions build() {
      JsonPointer cursor = scheme == Paging.Scheme.CURSOR ? JsonPointer.compile("/next") : null;
      return new PollOptions(
          url,
          new Paging(scheme, scheme.parameter(), scheme.first(), "", 3, cursor),
          JsonPointer.compile("/items"),
          keepCursor,
          since,
          Duration.ofMinutes(5),
          List.of("application/json"),
          "raw-bucket",
          KEYS,
          new PollOptions.Limits(
              INTERVAL, 1, 10, 4, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8))));
    }
  }

  private Options options(String scheme) {
    return new Options(server.url("/" + scheme), scheme);
  }

  private Poller poller(String scheme) {
    return poller(options(scheme));
  }

  private Poller poller(Options options) {
    Api api =
        new HttpApi(options.url, Token.of("X", "", ""), Map.of(), Duration.ofSeconds(20), 10_000);
    return new Poller("poll:test", options.build(), api, states, metrics, clock, new Random(1));
  }

  /** Until nothing has been due for a while that is shorter than the interval. */
  private void sweep(Poller poller) {
    for (int i = 0; i < 40; i++) {
      take(poller);
      clock.forward(Duration.ofSeconds(1));
    }
  }

  /** One request, and what has become of it. */
  private void takeOne(Poller poller) {
    clock.forward(Duration.ofSeconds(1));
    take(poller);
  }

  private void take(Poller poller) {
    poller
        .take()
        .ifPresent(
            polled -> {
              if (polled instanceof Polled.Content content) {
                bucket.put(content.key(), new String(content.content(), StandardCharsets.UTF_8));
              } else if (polled instanceof Polled.Refused letter) {
                refused.add(letter);
              }
              poller.stored(true);
            });
  }

  private double requests(String outcome) {
    return registry.get("wadi.poll.requests").tag("outcome", outcome).counter().count();
  }

  private static List<String> items(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "{\"id\":" + n + ", \"x\":1.50}").toList();
  }

  private static String lines(int from, int to) {
    return String.join("", items(from, to).stream().map(item -> item + "\n").toList());
  }
}
