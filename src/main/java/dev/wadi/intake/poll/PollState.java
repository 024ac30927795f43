package dev.wadi.intake.poll;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an API by its last whole sweep. All of that sweep's objects are in the bucket.
 *
 * @param url what is polled; for people
 * @param pages the pages of the sweep, with what they may be asked by again
 * @param cursor the last cursor; null if there is none
 * @param since when the sweep began, ISO 8601; null if there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PollState(
    @JsonProperty("url") String url,
    @JsonProperty("pages") List<Page> pages,
    @JsonProperty("cursor") String cursor,
    @JsonProperty("since") String since) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A page as it was last read.
   *
   * @param etag null if it had none, as lastModified
   * @param next the URL of the page after it; null if it was the last
   * @param cursor the last cursor, with this page's
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      @JsonProperty("url") String url,
      @JsonProperty("etag") String etag,
      @JsonProperty("last_modified") String lastModified,
      @JsonProperty("next") String next,
      @JsonProperty("cursor") String cursor) {

    public Page {
      Objects.requireNonNull(url, "url");
    }

    boolean canBeAskedFor() {
      return etag != null || lastModified != null;
    }

    URI nextUrl() {
      return next == null ? null : URI.create(next);
    }
  }

  public PollState {
    Objects.requireNonNull(url, "url");
    pages = List.copyOf(pages);
  }

  /** That of an API that was never read. */
  static PollState none(URI url) {
    return new PollState(url.toString(), List.of(), null, null);
  }

  /** What is known of a page. */
  Optional<Page> page(URI page) {
    return pages.stream().filter(known -> known.url().equals(page.toString())).findFirst();
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written", e);
    }
  }

  /**
   * @throws IOException if it isn't one
   */
  static PollState read(byte[] json) throws IOException {
    try {
      return JSON.readValue(json, PollState.class);
    } catch (NullPointerException e) {
      throw new IOException("members are missing", e);
    }
  }
}
