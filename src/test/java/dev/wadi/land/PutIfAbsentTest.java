package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.TransientException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

@Tag("unit")
class PutIfAbsentTest {

  @Test
  void saysThatAKeyIsTakenOnlyWhereAnObjectIs() {
    assertThat(answering(412).putIfAbsent("key", new byte[0])).isFalse();
  }

  @Test
  void doesNotKnowWhatBecameOfAPutThatMetAnother() {
    assertThatThrownBy(() -> answering(409).putIfAbsent("key", new byte[0]))
        .isInstanceOf(TransientException.class);
  }

  private static S3LakeStore answering(int status) {
    return new S3LakeStore(
        new S3Client() {
          @Override
          public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
            throw S3Exception.builder().statusCode(status).message("refused").build();
          }

          @Override
          public String serviceName() {
            return "s3";
          }

          @Override
          public void close() {
            // nothing is open
          }
        },
        "lake");
  }
}
