package dev.wadi.outbound;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import dev.wadi.outbound.StreamRecords.Entry;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Puts records into a stream, several in one call. Of a call that is taken in part, as by a shard
 * that has no room, what failed is put again.
 */
public final class StreamSender {

  /** How often what failed of a call is put again before all of it is handed on anew. */
  private static final int TRIES = 8;

  private final KinesisClient kinesis;
  private final String stream;
  private final Backoff backoff;

  /**
   * @param backoff how long to wait before what failed is put again
   */
  public StreamSender(KinesisClient kinesis, String stream, Backoff backoff) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.backoff = backoff;
  }

  /**
   * Puts records.
   *
   * @param entries as many as one call takes
   * @throws TransientException if the stream doesn't answer, or refuses one again and again
   */
  void send(List<Entry> entries) throws InterruptedException {
    List<Entry> left = entries;
    for (int attempt = 1; ; attempt++) {
      PutRecordsResponse response = call(left);
      List<Entry> again = new ArrayList<>();
      String why = null;
      for (int n = 0; n < left.size(); n++) {
        PutRecordsResultEntry result = response.records().get(n);
        if (result.errorCode() != null) {
          again.add(left.get(n));
          why = result.errorCode() + " " + result.errorMessage();
        }
      }
      if (again.isEmpty()) {
        return;
      }
      if (attempt == TRIES) {
        throw failure(
            "%d of %d records, such as %s: %s"
                .formatted(again.size(), entries.size(), again.get(0).key(), why),
            null);
      }
      backoff.pause(attempt);
      left = again;
    }
  }

  private PutRecordsResponse call(List<Entry> entries) {
    List<PutRecordsRequestEntry> requests =
        entries.stream()
            .map(
                entry ->
                    PutRecordsRequestEntry.builder()
                        .partitionKey(entry.key())
                        .data(SdkBytes.fromByteArrayUnsafe(entry.data()))
                        .build())
            .toList();
    try {
      return kinesis.putRecords(put -> put.streamName(stream).records(requests));
    } catch (SdkException e) {
      throw failure(e.getMessage(), e);
    }
  }

  private TransientException failure(String why, Exception cause) {
    return new TransientException("the stream " + stream + " does not take records: " + why, cause);
  }
}
