package dev.wadi.crash.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Where a load is posted to, each message as JSON lines: of these each is looked at by itself, as
 * the elements of a queue's message are.
 */
final class Poster implements Target {

  private static final Duration NO_ANSWER = Duration.ofSeconds(5);
  private static final int ACCEPTED = 202;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(NO_ANSWER)
          .build();
  private final URI endpoint;

  Poster(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void reach() {
    // it is asked when something is sent
  }

  @Override
  public void send(Message message) {
    String lines = message.items().stream().map(Item::body).collect(Collectors.joining("\n"));
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(NO_ANSWER)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(lines))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != ACCEPTED) {
        throw new NoAnswerException(answer.statusCode() + " " + answer.body(), null);
      }
    } catch (IOException e) {
      throw new NoAnswerException(endpoint + " has not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("it was interrupted", e);
    }
  }

  @Override
  public void close() {
    // a client of the JDK has nothing to close
  }
}
