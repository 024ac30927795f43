package dev.wadi.simulator;

import dev.wadi.simulator.JsonText.Members;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * One session on the website: the visitor lands on a page, reads, clicks and searches, signs in or
 * up perhaps, and leaves.
 */
final class VisitStory {

  private static final String SITE = "https://www.wadi.example";

  private record Origin(String medium, String source, String url) {}

  private static final List<Origin> ORIGINS =
      List.of(
          new Origin("organic", "search", "https://search.example/?q=event+lake"),
          new Origin("social", "forum", "https://forum.example/t/4711"),
          new Origin("email", "newsletter", null),
          new Origin("cpc", "ads", "https://ads.example/click?id=99&c=\"autumn\""),
          new Origin("direct", null, null));
  private static final List<String> LANDING = List.of("/", "/pricing", "/blog/exactly-once");
  private static final List<String> PAGES =
      List.of("/", "/pricing", "/features", "/docs/start", "/docs/shapes", "/blog/exactly-once");
  private static final List<String> CLICKS =
      List.of("nav-docs", "cta-try-it", "faq-3", "footer-jobs", "plan-team");
  private static final List<String> QUERIES =
      List.of("kinesis", "parquet vs. iceberg", "prix", "wie lösche ich meine Daten?");

  private final Dice dice;
  private final Visitor visitor;
  private final Queue<VisitStep> steps = new ArrayDeque<>();
  private final String session;
  private final int visit;
  private final Origin origin;
  private final String variant;
  private final long start;
  private final boolean ads;
  private String page;
  private long now;
  private boolean signedIn;

  /** The time of the first event that was told, in microseconds since 1970; 0 before that. */
  private long startedAt;

  private VisitStory(Dice dice, Visitor visitor, long start) {
    this.dice = dice;
    this.visitor = visitor;
    this.start = start;
    session = dice.uuid();
    visit = visitor.comes();
    origin = dice.pick(ORIGINS);
    variant = dice.chance(0.5) ? "control" : "short-form";
    ads = dice.chance(0.4);
    page = dice.pick(LANDING);
    now = start;
  }

  /** What a visitor does in a session that begins at {@code start}. */
  static Queue<VisitStep> tell(Dice dice, Visitor visitor, long start) {
    VisitStory story = new VisitStory(dice, visitor, start);
    story.visit();
    return story.steps;
  }

  private void visit() {
    step("session_start", json -> {});
    boolean stays = view();
    while (stays) {
      act();
      page = dice.pick(PAGES);
      stays = view();
    }
    long millis = now - start;
    int pages = (int) steps.stream().filter(step -> step.name().equals("page_view")).count();
    step("session_end", json -> json.number("session_ms", millis).number("pages", pages));
  }

  /** Looks at the page; whether the visitor goes on from there. */
  private boolean view() {
    int paint = dice.between(400, 3_500);
    step("page_view", json -> json.number("largest_paint_ms", paint));
    long millis = dice.around(0.5);
    int scrolled = dice.between(5, 100);
    now += millis;
    if (millis > 8_000) {
      step(
          "page_engaged",
          json ->
              json.number("visible_ms", millis)
                  .number("scroll_percent", scrolled)
                  .flag("idle", false));
    }
    return dice.chance(0.7);
  }

  private void act() {
    if (dice.chance(0.5)) {
      String target = dice.pick(CLICKS);
      step("click", json -> json.plain("target", target));
      now += dice.around(0.05);
    }
    if (dice.chance(0.12)) {
      String query = dice.pick(QUERIES);
      int results = dice.between(0, 40);
      step("search", json -> json.text("query", query).number("results", results));
      now += dice.around(0.2);
    }
    if (!signedIn && visitor.isMember() && dice.chance(0.3)) {
      signedIn = true;
      step(visit == 1 ? "sign_up" : "sign_in", json -> json.plain("method", "password"));
      now += dice.around(0.3);
    }
  }

  private void step(String name, Members engagement) {
    int number = steps.size() + 1;
    steps.add(new VisitStep(now, dice.uuid(), name, number, signedIn, page, engagement, this));
  }

  /** Writes the event of a step. */
  void tell(VisitStep step, JsonText json, long micros, Timestamps timestamps) {
    if (startedAt == 0) {
      startedAt = micros;
    }
    json.open().plain("event_id", step.id()).plain("event_name", step.name());
    json.plain("occurred_at", timestamps.format(micros));
    json.open("session").plain("id", session).number("number", visit);
    json.plain("started_at", timestamps.format(startedAt)).number("sequence", step.number());
    json.open("referrer").plain("medium", origin.medium());
    if (origin.source() != null) {
      json.plain("source", origin.source());
    }
    if (origin.url() != null) {
      json.text("url", origin.url());
    }
    json.close().close();
    visitor.write(json, visit, step.signedIn());
    json.open("page").plain("url", SITE + step.page()).plain("path", step.page()).close();
    json.open("engagement").members(step.engagement()).close();
    json.openArray("experiments").open().plain("id", "signup-form").plain("variant", variant);
    json.close().closeArray();
    json.open("consent").flag("analytics", true).flag("ads", ads).close();
    json.close();
  }
}
