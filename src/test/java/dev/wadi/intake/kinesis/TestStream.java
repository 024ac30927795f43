package dev.wadi.intake.kinesis;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream of a test's own. */
final class TestStream {

  private static final int CALL_SIZE = 500;

  private final KinesisClient client;
  private final String name = "events-" + UUID.randomUUID();

  TestStream(KinesisClient client, int shards) {
    this.client = client;
    client.createStream(create -> create.streamName(name).shardCount(shards));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                client
                        .describeStreamSummary(describe -> describe.streamName(name))
                        .streamDescriptionSummary()
                        .streamStatus()
                    == StreamStatus.ACTIVE);
  }

  static StreamClients clients(URI endpoint) {
    return new StreamClients(
        Region.US_EAST_1,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
        new StreamClients.Endpoints(endpoint, endpoint, endpoint));
  }

  String name() {
    return name;
  }

  /** Sends {@code {"key":key,"n":n}} for each number, in order. */
  void send(List<Event> events) {
    for (int from = 0; from < events.size(); from += CALL_SIZE) {
      List<PutRecordsRequestEntry> entries =
          events.subList(from, Math.min(from + CALL_SIZE, events.size())).stream()
              .map(
                  event ->
                      PutRecordsRequestEntry.builder()
                          .partitionKey(event.key())
                          .data(SdkBytes.fromUtf8String(event.json()))
                          .build())
              .toList();
      client.putRecords(put -> put.streamName(name).records(entries));
    }
  }

  void send(String key, byte[] data) {
    client.putRecord(
        put -> put.streamName(name).partitionKey(key).data(SdkBytes.fromByteArray(data)));
  }

  /** The shards that take records. */
  List<Shard> open() {
    return client.listShards(list -> list.streamName(name)).shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .collect(Collectors.toList());
  }

  void split(Shard shard) {
    String middle =
        new java.math.BigInteger(shard.hashKeyRange().startingHashKey())
            .add(new java.math.BigInteger(shard.hashKeyRange().endingHashKey()))
            .shiftRight(1)
            .toString();
    client.splitShard(
        split -> split.streamName(name).shardToSplit(shard.shardId()).newStartingHashKey(middle));
  }

  void merge(Shard one, Shard next) {
    client.mergeShards(
        merge ->
            merge
                .streamName(name)
                .shardToMerge(one.shardId())
                .adjacentShardToMerge(next.shardId()));
  }

  /** The n-th event of a key. */
  record Event(String key, int n) {

    String json() {
      return "{\"key\":\"" + key + "\",\"n\":" + n + "}";
    }
  }
}
