package dev.wadi.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page says: its items, the page after it, the wait that it asks for. */
@Tag("unit")
class PagesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void takesItemsByteForByteButForTheirLineBreaks() throws Exception {
    PageContent page =
        read(
            "{\"a\": [{\"b\":[1]}], \"data\" : {\"a\":[\r\n {\"id\": 1.50,\n\t\"t\":\"é\\n𝄞\"} ,2e3,"
                + " \"x\", null,[1,\n2],{} ]}}",
            "/data/a",
            null);
    assertThat(new String(page.lines(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\": 1.50, \t\"t\":\"é\\n𝄞\"}\n2e3\n\"x\"\nnull\n[1, 2]\n{}\n");
    assertThat(page.items()).isEqualTo(6);
  }

  @Test
  void takesAnObjectForTheOnlyItem() throws Exception {
    PageContent page = read("{\"a\":{\"b\":1}}", "", "/a/b");
    assertThat(new String(page.lines(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":{\"b\":1}}\n");
    assertThat(page.cursor()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"null", "''", "false", "{}", "[]"})
  void findsNoCursorWhereThereIsNone(String value) throws Exception {
    String json = value.isEmpty() ? "\"\"" : value;
    assertThat(read("{\"i\":[],\"n\":" + json + "}", "/i", "/n").cursor()).isNull();
    assertThat(read("{\"i\":[]}", "/i", "/n").cursor()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"d\":{\"i\":[{}]},\"d\":{\"i\":[1,2]}}",
        "{\"d\":{\"i\":[{}],\"i\":[1,2]}}",
        "{\"d\":{\"i\":null,\"x\":[[{}]],\"i\":[1,2]}}",
        "{\"d\":{\"i\":[{}]},\"d\":{}}",
        "{\"n\":\"c2\",\"d\":{\"i\":[{}]},\"n\":null}"
      })
  void refusesItemsAndCursorsThatAreThereTwice(String json) {
    assertThatThrownBy(() -> read(json, "/d/i", "/n"))
        .isInstanceOf(RefusedAnswerException.class)
        .hasMessageContaining("more than once")
        .extracting("reason")
        .isEqualTo("ambiguous");
  }

  @Test
  void takesItemsThatHaveANameTwiceThemselves() throws Exception {
    String json =
        "{\"x\":{\"i\":[]},\"d\":{\"x\":1,\"x\":2,\"i\":[{\"a\":1,\"a\":2},{\"i\":[{}]}]}}";
    assertThat(read(json, "/d/i", "/n").items()).isEqualTo(2);
    assertThat(read("[[{}],[[1,2],3]]", "/1/0", null).items()).isEqualTo(2);
  }

  @Test
  void refusesOtherEncodings() {
    assertThatThrownBy(
            () ->
                PageContent.read(
                    "[{}]".getBytes(StandardCharsets.UTF_16LE), JsonPointer.empty(), null))
        .isInstanceOf(RefusedAnswerException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<https://a/?p=2>; rel=\"next\" | https://a/?p=2",
        "<https://a/?p=1>; rel=prev, <https://a/?p=3>; rel=next | https://a/?p=3",
        "<https://a/?p=1,2>; title=\"a, <b>; rel=next\"; rel=\"last next\" | https://a/?p=1,2",
        "<https://a/1>; rel=\"prev\"; title=\"next\" |",
        "<https://a/2>; title=\"x \\\"y\\\"; <z>\"; rel=\"next\" | https://a/2",
        "<https://a/2>;;rel=next; | https://a/2",
        "<https://a/2> ; a ; b=c=d;title*=UTF-8''x%20y; rel = \"next\" | https://a/2",
        ", ,<https://a/1>;rel=prev,,<https://a/2>;rel=next, | https://a/2",
        "<https://a/2> |",
        "'' |"
      })
  void findsTheNextPageAmongLinks(String header, String next) {
    assertThat(LinkHeader.next(List.of(header))).isEqualTo(Optional.ofNullable(next));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "<https://a/2>; rel=\"next",
        "<https://a/2; rel=next",
        "<https://a/1>; rel=prev <https://a/2>; rel=next",
        "<https://a/2>; rel=next, more",
        "<https://a/2>; title=\"a\"b\"; rel=next"
      })
  void refusesLinksThatItDoesNotUnderstand(String header) {
    assertThatThrownBy(() -> LinkHeader.next(List.of(header)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the header Link can't be read");
  }

  @Test
  void readsLongHeaders() {
    String title = "\\\"x, ".repeat(50_000);
    String header = "<a>" + "; x=y".repeat(50_000) + "; title=\"" + title + "\"; rel=next";
    assertThat(LinkHeader.next(List.of(header))).contains("a");
  }

  @Test
  void setsAParameterInThePlaceOfWhatItWas() {
    URI url = URI.create("https://a.b/c?page=1&q=x%20y");
    assertThat(PageUrl.with(url, "page", "a&b")).hasToString("https://a.b/c?q=x%20y&page=a%26b");
    assertThat(PageUrl.value(PageUrl.with(url, "page", "a&b"), "page")).isEqualTo("a&b");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a/items?x=1, ?page=2, http://h/a/items?page=2",
    "http://h/a/items?x=1, ?page=2#top, http://h/a/items?page=2",
    "http://h/a/items?x=/b, '', http://h/a/items?x=/b",
    "http://h/a/items?x=1, #top, http://h/a/items?x=1",
    "http://h/a/items?x=1, other?page=2, http://h/a/other?page=2",
    "http://h/a/items?x=1, ../b, http://h/b",
    "http://h/a/items?x=1, /b, http://h/b",
    "http://h/a/items?x=1, //i/b, http://i/b",
    "http://h, ?page=2, http://h?page=2",
    "http://h?x=1, items, http://h/items",
    "http://h, .evil.example/items, http://h/.evil.example/items"
  })
  void resolvesAsTheStandardSays(URI from, String reference, String url) {
    assertThat(PageUrl.resolve(from, reference)).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource({"ftp://a/b", "http://a.b/c", "https://user:x@a.b/c", "https:///c", "'%'"})
  void resolvesNothingThatIsNotToBeAskedFor(String next) {
    assertThatThrownBy(() -> PageUrl.resolve(URI.create("https://a.b/"), next))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.b, https://A.b:443/x, true",
    "https://a.b, http://a.b, false",
    "https://a.b, https://a.b:444, false",
    "https://a.b, https://a.b.c, false"
  })
  void knowsAnOrigin(URI one, URI other, boolean same) {
    assertThat(PageUrl.sameOrigin(one, other)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "429, retry-after, 30, 30",
    "429, retry-after, 'Sun, 22 Nov 2026 10:01:00 GMT', 60",
    "503, retry-after, 7, 7",
    "429, retry-after, 999999999, 86400",
    "429, retry-after, 'Sun, 22 Nov 2026 09:01:00 GMT', 0",
    "429, x-ratelimit-reset, 45, 45",
    "429, x-ratelimit-reset, 1795341660, 60",
    "429, ratelimit-reset, 12, 12"
  })
  void waitsAsLongAsAnAnswerSays(int status, String header, String value, long seconds) {
    assertThat(RateLimit.pause(answer(status, Map.of(header, List.of(value))), NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void takesAForbiddenForALimitOnlyWhereItSaysSo() {
    assertThat(RateLimit.refuses(answer(403, Map.of()))).isFalse();
    assertThat(RateLimit.refuses(answer(403, Map.of("x-ratelimit-remaining", List.of("0")))))
        .isTrue();
    assertThat(RateLimit.refuses(answer(200, Map.of("x-ratelimit-remaining", List.of("0")))))
        .isFalse();
    assertThat(RateLimit.pause(answer(429, Map.of("retry-after", List.of("soon"))), NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 22 Nov 2026 09:59:59 GMT', , false",
    "'Sun, 22 Nov 2026 10:00:00 GMT', , false",
    "'Sun, 22 Nov 2026 10:00:01 GMT', , false",
    "'Sun, 22 Nov 2026 10:00:02 GMT', , true",
    "'Sun, 22 Nov 2026 10:00:01 GMT', e, true",
    "some day, , false",
    ", , false",
    ", e, true"
  })
  void keepsATimeOfChangeOnlyIfNoneCanFollowInItsSecond(String date, String etag, boolean kept) {
    String changed = "Sun, 22 Nov 2026 10:00:00 GMT";
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("last-modified", List.of(changed));
    if (date != null) {
      headers.put("date", List.of(date));
    }
    if (etag != null) {
      headers.put("etag", List.of(etag));
    }
    assertThat(Validity.lastModified(answer(200, headers))).isEqualTo(kept ? changed : null);
  }

  private static Api.Answer answer(int status, Map<String, List<String>> headers) {
    return new Api.Answer(URI.create("https://a.b/"), status, headers, new byte[0], true);
  }

  private static PageContent read(String json, String items, String cursor) throws Exception {
    return PageContent.read(
        json.getBytes(StandardCharsets.UTF_8),
        JsonPointer.compile(items),
        cursor == null ? null : JsonPointer.compile(cursor));
  }
}
