package dev.wadi.intake.poll;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The pages from the first to the last, as far as they are durable. Not thread-safe. */
final class Sweep {

  private final Instant begun;
  private final List<PollState.Page> pages = new ArrayList<>();
  private final Set<URI> seen = new HashSet<>();
  private URI next;
  private String cursor;
  private String lastContent = "";
  private int objects;

  /**
   * @param first the first page
   * @param cursor the last one known; null if there is none
   */
  Sweep(Instant begun, URI first, String cursor) {
    this.begun = begun;
    this.cursor = cursor;
    next = first;
    seen.add(first);
  }

  Instant begun() {
    return begun;
  }

  /** The page to be asked for; null behind the last. */
  URI next() {
    return next;
  }

  /** The last cursor that a page has named. */
  String cursor() {
    return cursor;
  }

  List<PollState.Page> pages() {
    return pages;
  }

  int objects() {
    return objects;
  }

  void countObject() {
    objects++;
  }

  /** Whether the page before had the same content, of which this is the hash. */
  boolean repeats(String content) {
    boolean same = content.equals(lastContent);
    lastContent = content;
    return same;
  }

  /**
   * A page is durable.
   *
   * @return false if the page after it has been there in this sweep, so that there is no end
   */
  boolean add(PollState.Page page) {
    pages.add(page);
    next = page.nextUrl();
    cursor = page.cursor();
    return next == null || seen.add(next);
  }
}
