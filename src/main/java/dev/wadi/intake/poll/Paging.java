package dev.wadi.intake.poll;

import com.fasterxml.jackson.core.JsonPointer;
import java.net.URI;
import java.util.Optional;

/**
 * How an API is asked for the page after a page.
 *
 * @param parameter of the query: the page's number, its offset or its cursor
 * @param first the first page's number or offset
 * @param sizeParameter of the query: how many items a page shall have; blank for none
 * @param size what it is set to
 * @param cursor where a page names the cursor of the next one; null if it doesn't
 */
public record Paging(
    Scheme scheme,
    String parameter,
    int first,
    String sizeParameter,
    int size,
    JsonPointer cursor) {

  /** The ways there are. */
  public enum Scheme {
    /** There is one page. */
    NONE("", 0),
    /** By number, until a page has no items. */
    PAGE("page", 1),
    /** By how many items were before it, until a page has none. */
    OFFSET("offset", 0),
    /** By what the page before says in its body: a cursor or a URL. */
    CURSOR("cursor", 0),
    /** By the header {@code Link} with {@code rel="next"}. */
    LINK("", 0);

    private final String parameter;
    private final int first;

    Scheme(String parameter, int first) {
      this.parameter = parameter;
      this.first = first;
    }

    /** The parameter's usual name. */
    public String parameter() {
      return parameter;
    }

    /** The first page's usual number. */
    public int first() {
      return first;
    }
  }

  /** Whether pages go on until one is empty, so that none may be the same as the one before. */
  boolean isCounted() {
    return scheme == Scheme.PAGE || scheme == Scheme.OFFSET;
  }

  /**
   * The first page.
   *
   * @param kept the cursor to go on from; null to begin at the beginning
   */
  URI first(URI url, String kept) {
    URI sized =
        sizeParameter.isBlank() ? url : PageUrl.with(url, sizeParameter, Integer.toString(size));
    if (isCounted()) {
      return PageUrl.with(sized, parameter, Integer.toString(first));
    }
    return kept == null ? sized : by(sized, kept);
  }

  /**
   * The page after a page; null if that was the last.
   *
   * @param asked the page's URL, as it was asked for
   * @param answer that had it
   * @throws IllegalArgumentException if the answer names what is no URL
   */
  URI next(URI asked, PageContent content, Api.Answer answer) {
    return switch (scheme) {
      case NONE -> null;
      case PAGE -> content.items() == 0 ? null : counted(asked, 1);
      case OFFSET -> content.items() == 0 ? null : counted(asked, content.items());
      case CURSOR -> content.cursor() == null ? null : by(asked, content.cursor());
      case LINK -> linked(answer).orElse(null);
    };
  }

  /** What a header names as the next page, seen from the URL that it came from. */
  Optional<URI> linked(Api.Answer answer) {
    return scheme == Scheme.LINK
        ? LinkHeader.next(answer.all("link")).map(next -> PageUrl.resolve(answer.url(), next))
        : Optional.empty();
  }

  private URI counted(URI asked, int more) {
    long at = Long.parseLong(PageUrl.value(asked, parameter));
    return PageUrl.with(asked, parameter, Long.toString(at + more));
  }

  private URI by(URI asked, String value) {
    return value.matches("(?i)https?://.*")
        ? PageUrl.resolve(asked, value)
        : PageUrl.with(asked, parameter, value);
  }
}
