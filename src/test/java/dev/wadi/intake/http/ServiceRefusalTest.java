package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

/** What a queue or stream refuses for good, and what it may take another time. */
@Tag("unit")
class ServiceRefusalTest {

  private static final Posted SMALL = posted(10);
  private static final Posted LARGE = posted(300_000);

  @ParameterizedTest
  @ValueSource(strings = {"ValidationException", "InvalidParameterValue", "MessageTooLong"})
  void saysThatALargeEventIsTooLarge(String code) {
    assertThat(ServiceRefusal.of(refusal(code), LARGE).status()).isEqualTo(413);
    assertThat(ServiceRefusal.of(refusal(code), SMALL)).isNull();
  }

  @Test
  void saysThatACharacterIsNotTaken() {
    assertThat(ServiceRefusal.of(refusal("InvalidMessageContents"), SMALL).status()).isEqualTo(400);
  }

  @Test
  void leavesTheRestToBeSentAgain() {
    assertThat(ServiceRefusal.of(refusal("ThrottlingException"), LARGE)).isNull();
    assertThat(ServiceRefusal.of(new IllegalStateException("no"), LARGE)).isNull();
  }

  /** As a route's split wraps it. */
  private static Exception refusal(String code) {
    return new IllegalStateException(
        KinesisException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build());
  }

  private static Posted posted(int bytes) {
    return new Posted(List.of(Entry.event(new byte[bytes])), List.of());
  }
}
