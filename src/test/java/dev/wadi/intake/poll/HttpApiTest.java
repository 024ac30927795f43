package dev.wadi.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.process.PublicApi;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HttpApiTest {

  private static final String SECRET = "secret-1f2e3d";

  private final PublicApi home = new PublicApi(3);
  private final PublicApi elsewhere = new PublicApi(3);

  @AfterEach
  void stop() {
    home.close();
    elsewhere.close();
  }

  @Test
  void showsTheTokenToTheHostThatWasConfigured() throws Exception {
    api(Duration.ofSeconds(20)).get(home.url("/all"), "\"e\"", "then");
    PublicApi.Request asked = home.requests().get(0);
    assertThat(asked.header("X-Key")).isEqualTo("Token " + SECRET);
    assertThat(asked.header("X-Version")).isEqualTo("2");
    assertThat(asked.header("If-None-Match")).isEqualTo("\"e\"");
    assertThat(asked.header("If-Modified-Since")).isEqualTo("then");
  }

  @Test
  void showsItToNoOtherHostARedirectLeadsTo() throws Exception {
    home.fail(redirect(elsewhere.url("/all")));
    Api.Answer answer = api(Duration.ofSeconds(20)).get(home.url("/all"), null, null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(elsewhere.requests().get(0).headers().toString())
        .doesNotContain(SECRET, "x-version");
  }

  @Test
  void showsItToNoOtherHostAPageNames() throws Exception {
    api(Duration.ofSeconds(20)).get(elsewhere.url("/all"), null, null);
    assertThat(elsewhere.requests().get(0).headers().toString()).doesNotContain(SECRET);
  }

  @Test
  void showsItAgainWhereARedirectStaysOnTheHost() throws Exception {
    home.fail(redirect(URI.create("/all")));
    api(Duration.ofSeconds(20)).get(home.url("/old"), null, null);
    assertThat(home.asked()).containsExactly("/old", "/all");
    assertThat(home.requests().get(1).header("X-Key")).contains(SECRET);
  }

  @Test
  void followsNoCircleOfRedirects() {
    PublicApi.Fault again = redirect(URI.create("/all"));
    home.fail(again, again, again, again, again, again);
    assertThatThrownBy(() -> api(Duration.ofSeconds(20)).get(home.url("/all"), null, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 5 redirects");
  }

  @Test
  void givesUpAnAnswerThatDoesNotComeInTime() {
    CountDownLatch never = new CountDownLatch(1);
    home.fail(
        PublicApi.hang(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
    assertThatThrownBy(() -> api(Duration.ofMillis(300)).get(home.url("/all"), null, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no whole answer within 300 ms");
    never.countDown();
  }

  @Test
  void saysNothingOfTheTokenWhenNobodyAnswers() {
    home.stop();
    assertThatThrownBy(() -> api(Duration.ofSeconds(20)).get(home.url("/all"), null, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no connection to 127.0.0.1")
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void takesNoMoreOfABodyThanItMay() throws Exception {
    home.fail(PublicApi.answer(200, Map.of(), "x".repeat(5_000)));
    Api.Answer answer = api(Duration.ofSeconds(20)).get(home.url("/all"), null, null);
    assertThat(answer.whole()).isFalse();
    assertThat(answer.body()).hasSize(1_000);
  }

  @Test
  void hasNoTokenThatNoHeaderTakesAndSaysNothingOfIt() {
    assertThatThrownBy(() -> Token.of("X-Key", "Bearer", SECRET + "\nX: y"))
        .isInstanceOf(SetupException.class)
        .message()
        .doesNotContain(SECRET);
    assertThat(Token.of("X-Key", "Bearer", SECRET).toString()).doesNotContain(SECRET);
  }

  private Api api(Duration timeout) {
    return new HttpApi(
        home.url("/all"),
        Token.of("X-Key", "Token", SECRET),
        Map.of("X-Version", "2"),
        timeout,
        1_000);
  }

  private static PublicApi.Fault redirect(URI to) {
    return PublicApi.answer(302, Map.of("Location", to.toString()), "");
  }
}
