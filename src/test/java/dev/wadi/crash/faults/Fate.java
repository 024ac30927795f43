package dev.wadi.crash.faults;

import java.io.IOException;
import java.time.Duration;

/** What becomes of a request. */
@FunctionalInterface
public interface Fate {

  /** It is answered. */
  Fate PASS = line -> line.answer(line.ask());

  /** The connection breaks before the server has it. */
  Fate RESET = Line::reset;

  /** The server does what it says, and its answer never comes. */
  Fate LOST_ANSWER =
      line -> {
        line.ask();
        line.reset();
      };

  /** S3 asks to slow down. */
  Fate SLOW_DOWN =
      refuse(
          503,
          "application/xml",
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code>"
              + "<Message>Please reduce your request rate.</Message></Error>");

  /** SQS refuses for the rate of requests. */
  Fate THROTTLED = json(400, "com.amazonaws.sqs#RequestThrottled", "Request is throttled.");

  /** A service says that it is out of order. */
  Fate UNAVAILABLE = json(503, "com.amazonaws#ServiceUnavailable", "The service is unavailable.");

  /** DynamoDB refuses for the rate of requests. */
  Fate THROUGHPUT_EXCEEDED =
      json(
          400,
          "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
          "The level of configured provisioned throughput was exceeded.");

  /** Does it. */
  void befall(Line line) throws IOException;

  /** It is answered late. */
  static Fate slow(Duration time) {
    return line -> {
      line.pause(time);
      line.answer(line.ask());
    };
  }

  /** Nothing comes for a while, and then the connection breaks; the server never had it. */
  static Fate hang(Duration time) {
    return line -> {
      line.pause(time);
      line.reset();
    };
  }

  /** The server does what it says, but the answer hangs on the way, and then is lost. */
  static Fate hangingAnswer(Duration time) {
    return line -> {
      line.ask();
      line.pause(time);
      line.reset();
    };
  }

  private static Fate json(int status, String type, String message) {
    return refuse(
        status,
        "application/x-amz-json-1.0",
        "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
  }

  private static Fate refuse(int status, String contentType, String body) {
    return line -> line.answer(HttpMessage.answer(status, contentType, body));
  }
}
