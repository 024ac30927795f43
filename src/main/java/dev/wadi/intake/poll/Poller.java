package dev.wadi.intake.poll;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Failpoint;
import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Metrics;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an API for one page after the other, a page a call at most, and never waits: what is not due
 * yet is left for a later call. So a pause that the API asks for, however long, keeps nobody from
 * stopping.
 *
 * <p>What a page has become is handed out by {@link #take}, again and again until {@link #stored}
 * says that it is durable; only then the next page is asked for. When all pages of a sweep are, the
 * state is put: ETags, the cursor, the time. A process that dies before begins the sweep again, and
 * the same content is the same object. Thread-safe.
 */
public final class Poller {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final PollOptions options;
  private final Api api;
  private final StateStore states;
  private final Clock clock;
  private final RandomGenerator random;
  private final PollStatus status;
  private PollState state;
  private Sweep sweep;
  private Polled pending;
  private PollState.Page pendingPage;
  private PollState unsaved;
  private String lastRefused = "";
  private Instant due;
  private int failures;
  private int givenUp;

  /**
   * @param source its name in metrics and dead letters
   * @param random tells how far those who failed together come back apart
   */
  public Poller(
      String source,
      PollOptions options,
      Api api,
      StateStore states,
      Metrics metrics,
      Clock clock,
      RandomGenerator random) {
    this.options = options;
    this.api = api;
    this.states = states;
    this.clock = clock;
    this.random = random;
    status = new PollStatus(source, metrics, clock);
    due = clock.instant();
  }

  /** What is to be made durable, if there is something; asks for a page if one is due. */
  public synchronized Optional<Polled> take() {
    if (pending != null) {
      // nobody has said that it is durable, so whoever was to put it could not
      status.failed(unstored());
    } else if (!clock.instant().isBefore(due)) {
      try {
        goOn();
      } catch (TransientException e) {
        failed(e.getMessage());
      } catch (InterruptedException e) {
        // the process stops; nothing was handed out, so nothing is lost
        Thread.currentThread().interrupt();
      }
    }
    return Optional.ofNullable(pending);
  }

  private String unstored() {
    return pending instanceof Polled.Content content
        ? content.key() + " could not be put into " + options.bucket() + ": the log says why"
        : "a dead letter could not be kept: the log says why";
  }

  /**
   * What was taken last is durable.
   *
   * @param isNew false if it was before
   */
  public synchronized void stored(boolean isNew) {
    status.stored();
    if (pending instanceof Polled.Content) {
      status.put(isNew);
      Failpoint.reach("poll-stored");
      sweep.countObject();
      advance(pendingPage);
    } else if (pending instanceof Polled.Refused refused) {
      lastRefused = fingerprint(refused);
      giveUp(refused.message());
    }
    pending = null;
  }

  /** Whether all goes well, for health. Asks nobody. */
  public HealthCheck.Result check() {
    return status.check();
  }

  private void goOn() throws InterruptedException {
    if (unsaved != null) {
      save();
      return;
    }
    if (sweep == null) {
      begin();
    }
    ask();
  }

  private void begin() {
    if (state == null) {
      state = states.get().map(this::read).orElseGet(() -> PollState.none(options.url()));
    }
    URI url =
        options.sinceParameter().isBlank() || state.since() == null
            ? options.url()
            : PageUrl.with(options.url(), options.sinceParameter(), state.since());
    String kept = options.keepCursor() ? state.cursor() : null;
    sweep = new Sweep(clock.instant(), options.paging().first(url, kept), kept);
  }

  private PollState read(byte[] json) {
    try {
      return PollState.read(json);
    } catch (IOException e) {
      LOG.warn(
          "the state of {} can't be read, so all is read anew: {}", options.url(), e.toString());
      return PollState.none(options.url());
    }
  }

  private void ask() throws InterruptedException {
    URI url = sweep.next();
    PollState.Page known = state.page(url).filter(this::isAskedConditionally).orElse(null);
    pace();
    try {
      Api.Answer answer =
          known == null
              ? api.get(url, null, null)
              : api.get(url, known.etag(), known.lastModified());
      answered(url, known, answer);
    } catch (IOException e) {
      status.asked("failed");
      failed("GET " + url + ": " + e.getMessage());
    }
  }

  /** Only by its headers a last page would tell that there is another one now. */
  private boolean isAskedConditionally(PollState.Page known) {
    return known.canBeAskedFor()
        && !(options.paging().scheme() == Paging.Scheme.LINK && known.next() == null);
  }

  private void answered(URI url, PollState.Page known, Api.Answer answer) {
    int code = answer.status();
    String told = "GET " + url + " is answered with " + code;
    Optional<Duration> pause = RateLimit.pause(answer, clock.instant());
    pause.ifPresent(it -> waitUntil(clock.instant().plus(it), "server"));
    if (RateLimit.refuses(answer)) {
      status.asked("limited");
      failures = pause.isPresent() ? 0 : failures + 1;
      if (pause.isEmpty()) {
        waitUntil(clock.instant().plus(backoff()), "server");
      }
      status.failed(told + ": it is asked too often, and again at " + due);
    } else if (code == 304 && known != null) {
      status.asked("unchanged");
      failures = 0;
      unchanged(url, known, answer);
    } else if (code == 200 || code == 203 || code == 204) {
      failures = 0;
      content(url, answer);
    } else if (code >= 500 || code == 408 || code == 425) {
      status.asked("failed");
      failed(told);
    } else {
      status.asked("failed");
      giveUp(told + hint(code));
    }
  }

  private static String hint(int code) {
    return switch (code) {
      case 401, 403 -> ": see WADI_POLL_TOKEN and wadi.poll.token-header";
      case 404, 410 -> ": see wadi.poll.url";
      default -> "";
    };
  }

  private void unchanged(URI url, PollState.Page known, Api.Answer answer) {
    try {
      URI next = options.paging().linked(answer).orElse(known.nextUrl());
      advance(
          new PollState.Page(
              known.url(),
              known.etag(),
              known.lastModified(),
              next == null ? null : next.toString(),
              known.cursor()));
    } catch (IllegalArgumentException e) {
      giveUp("GET " + url + " names a next page that can't be asked for: " + e.getMessage());
    }
  }

  private void content(URI url, Api.Answer answer) {
    try {
      PageContent content = new Reading(options).read(answer);
      String hash = hash(content.lines());
      status.asked(content.items() == 0 ? "empty" : "content");
      if (options.paging().isCounted() && content.items() > 0 && sweep.repeats(hash)) {
        giveUp("GET " + url + " has the same items as the page before: see wadi.poll.paging");
        return;
      }
      pendingPage = page(url, answer, content);
      if (content.items() == 0) {
        advance(pendingPage);
      } else {
        pending = new Polled.Content(options.keys() + hash + ".jsonl", content.lines());
        Failpoint.reach("poll-answered");
      }
    } catch (RefusedAnswerException e) {
      status.asked("refused");
      refuse(url, answer, e.reason(), "GET " + url + ": " + e.getMessage());
    }
  }

  private PollState.Page page(URI url, Api.Answer answer, PageContent content)
      throws RefusedAnswerException {
    try {
      URI next = options.paging().next(url, content, answer);
      if (options.keepCursor() && url.equals(next)) {
        // the end of what there is: the cursor stays where it is
        next = null;
      }
      return new PollState.Page(
          url.toString(),
          answer.header("etag").orElse(null),
          Validity.lastModified(answer),
          next == null ? null : next.toString(),
          content.cursor() == null ? sweep.cursor() : content.cursor());
    } catch (IllegalArgumentException e) {
      throw new RefusedAnswerException(
          "wrong_next_page", "it names a next page that can't be asked for: " + e.getMessage());
    }
  }

  private void refuse(URI url, Api.Answer answer, String reason, String message) {
    Polled.Refused refused =
        new Polled.Refused(url.toString(), Reading.kept(answer), reason, message);
    if (fingerprint(refused).equals(lastRefused)) {
      // it is a dead letter already
      giveUp(message);
    } else {
      pending = refused;
    }
  }

  private void advance(PollState.Page page) {
    if (!sweep.add(page)) {
      giveUp("the page after " + page.url() + " was there before in this sweep: " + page.next());
    } else if (sweep.next() == null || options.keepCursor() && isFull()) {
      end();
    } else if (isFull()) {
      giveUp(
          "there are more pages than wadi.poll.max-pages, which is " + options.limits().maxPages());
    }
  }

  private boolean isFull() {
    return sweep.pages().size() >= options.limits().maxPages();
  }

  private void end() {
    lastRefused = "";
    String since =
        options.sinceParameter().isBlank()
            ? null
            : sweep
                .begun()
                .minus(options.sinceOverlap())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    unsaved =
        new PollState(
            options.url().toString(),
            sweep.pages(),
            options.keepCursor() ? sweep.cursor() : null,
            since);
    try {
      save();
    } catch (TransientException e) {
      failed(e.getMessage());
    }
  }

  private void save() {
    Failpoint.reach("poll-swept");
    if (!unsaved.equals(state)) {
      states.put(unsaved.toJson());
    }
    Failpoint.reach("poll-saved");
    state = unsaved;
    unsaved = null;
    failures = 0;
    givenUp = 0;
    status.swept(sweep);
    if (sweep.next() == null) {
      waitUntil(sweep.begun().plus(options.limits().interval()), "interval");
    }
    sweep = null;
  }

  /** Of what isn't known to be over: it is tried again, and at last given up. */
  private void failed(String text) {
    failures++;
    if (sweep != null && unsaved == null && failures > options.limits().retryAttempts()) {
      giveUp(text + " (tried " + failures + " times)");
    } else {
      status.failed(text);
      waitUntil(clock.instant().plus(backoff()), "retry");
    }
  }

  private void giveUp(String text) {
    status.gaveUp(text);
    // a sweep may have lasted for longer than an interval, and would begin again at once
    failures = ++givenUp;
    waitUntil(clock.instant().plus(backoff()), "retry");
    waitUntil(sweep.begun().plus(options.limits().interval()), "interval");
    failures = 0;
    sweep = null;
  }

  /** At least half of it, so that it isn't at once; and not the same for all. */
  private Duration backoff() {
    long millis = options.limits().retries().delay(Math.max(1, failures)).toMillis();
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }

  private void pace() {
    due = clock.instant().plus(options.limits().pace());
  }

  private void waitUntil(Instant then, String reason) {
    if (then.isAfter(due)) {
      due = then;
      status.waits(then, reason);
    }
  }

  private static String fingerprint(Polled.Refused refused) {
    return refused.reason() + " " + hash(refused.bytes());
  }

  /** The SHA-256 of content, in hex. */
  static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
