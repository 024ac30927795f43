package dev.wadi.intake.http;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a queue or a stream will not take however often it is sent again. */
final class ServiceRefusal {

  private static final Set<String> TOO_LARGE =
      Set.of(
          "InvalidParameterValue",
          "InvalidAttributeValue",
          "MessageTooLong",
          "Validation",
          "InvalidArgument",
          "RequestEntityTooLarge");

  /** The queue's answer to a character that it has no place for. */
  private static final String CHARACTERS = "InvalidMessageContents";

  private static final int CONTENT_TOO_LARGE = 413;

  private ServiceRefusal() {}

  /**
   * What to answer; null if the failure is none of what was posted, so that it may be sent again.
   */
  static Problem of(Throwable failure, Posted posted) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AwsServiceException refused) {
        return of(refused, posted);
      }
    }
    return null;
  }

  private static Problem of(AwsServiceException refused, Posted posted) {
    String code = code(refused);
    boolean tooLarge = refused.statusCode() == CONTENT_TOO_LARGE || TOO_LARGE.contains(code);
    if (tooLarge && posted.isLarge()) {
      return Problem.of(413, "an event is larger than what it is sent to takes: " + code);
    }
    return CHARACTERS.equals(code)
        ? Problem.of(400, "an event has a character that the queue does not take: escape it")
        : null;
  }

  /** Without the suffix that the same code has in one protocol and not in another. */
  private static String code(AwsServiceException refused) {
    String code = refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
    return code == null ? "" : code.replaceFirst("Exception$", "");
  }
}
