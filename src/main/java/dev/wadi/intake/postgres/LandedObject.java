package dev.wadi.intake.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Where it is kept how far a slot's changes have landed: an object in the lake's own bucket, {@code
 * _wadi/offsets/<slot>.json}, which is as durable as the lake and needs no disk. Only whoever has
 * the slot writes it, and a put replaces the whole of it.
 */
final class LandedObject {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final S3Client s3;
  private final String bucket;
  private final String key;

  LandedObject(S3Client s3, String bucket, String slot) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = "_wadi/offsets/" + slot + ".json";
  }

  /**
   * Empty if there is none.
   *
   * @throws SetupException if something else is there
   */
  Optional<Landed> read() {
    try {
      byte[] bytes = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
      Landed landed = JSON.readValue(bytes, Landed.class);
      if (landed == null) {
        throw new IOException("it is null");
      }
      return Optional.of(landed);
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SetupException(
          this + " can't be read: delete it, and the tables are read from their start", e);
    }
  }

  /** Durable on return. */
  void write(Landed landed) {
    try {
      byte[] bytes = JSON.writeValueAsBytes(landed);
      s3.putObject(
          put -> put.bucket(bucket).key(key).contentType("application/json"),
          RequestBody.fromBytes(bytes));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
