package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.SetupException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a request that failed asks for. */
enum Failure {
  /** Less haste. */
  THROTTLED,
  /** Another try. */
  FAILED,
  /** An operator, or a programmer. */
  FINAL;

  private static final int SERVER_ERROR = 500;

  /** Refusals that pass: credentials are renewed, and the other write ends. */
  private static final Set<String> PASSING =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "TransactionConflictException",
          "ReplicatedWriteConflictException");

  private static final Set<String> FORBIDDEN =
      Set.of(
          "AccessDeniedException",
          "AccessDenied",
          "NotAuthorized",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException");

  /** How the metrics call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Failure of(SdkException failure) {
    if (!(failure instanceof AwsServiceException refused)) {
      // no answer: the connection, a time-out, or credentials that can't be had
      return FAILED;
    }
    if (refused.isThrottlingException()) {
      return THROTTLED;
    }
    boolean passes =
        refused.statusCode() >= SERVER_ERROR
            || refused.isClockSkewException()
            || PASSING.contains(code(refused));
    return passes ? FAILED : FINAL;
  }

  /** A final failure as what says how to mend it; itself if that is a programmer's work. */
  static RuntimeException mended(SdkException failure, String table) {
    String code = failure instanceof AwsServiceException refused ? code(refused) : "";
    if (code.equals("ResourceNotFoundException")) {
      return new SetupException(
          "there is no DynamoDB table "
              + table
              + " in this account and region: create it with the partition key "
              + Attributes.KEY
              + " (Binary) and no sort key, or set wadi.deduplicate.create-table to true. If it is lost:"
              + " stop all processes and `wadi ledger rebuild --alone` first",
          failure);
    }
    if (FORBIDDEN.contains(code)) {
      return new SetupException(
          "DynamoDB denies what Wadi needs on the table "
              + table
              + ": allow dynamodb:DescribeTable, DescribeTimeToLive, GetItem, PutItem and DeleteItem on it ("
              + failure.getMessage()
              + ")",
          failure);
    }
    if (code.equals("ValidationException")) {
      return new SetupException(
          "the DynamoDB table "
              + table
              + " does not take Wadi's items: its partition key must be "
              + Attributes.KEY
              + " (Binary), without a sort key ("
              + failure.getMessage()
              + ")",
          failure);
    }
    return failure;
  }

  private static String code(AwsServiceException refused) {
    AwsErrorDetails details = refused.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
