package dev.wadi.intake.kinesis;

import dev.wadi.event.SourceRecord;
import dev.wadi.intake.ParkingRoute;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import software.amazon.kinesis.checkpoint.ShardRecordProcessorCheckpointer;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** One shard's processor, called as the client library calls it, with its own checkpointer. */
final class ShardFixture implements AutoCloseable {

  static final String SOURCE = "kinesis:events";
  static final String SHARD = "shardId-0";

  final ParkingRoute route = new ParkingRoute();
  final ReleasedClaims claims = new ReleasedClaims();
  final LinesInMemory lines = new LinesInMemory();
  final HandLease lease = new HandLease();
  final NotedCheckpoints checkpoints = new NotedCheckpoints();
  final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  final SourceStatus status = new SourceStatus(SOURCE, Clock.systemUTC());
  final Shards shards = new Shards();
  final ShardProcessor processor;

  private final ShardRecordProcessorCheckpointer checkpointer =
      new ShardRecordProcessorCheckpointer(
          new ShardInfo(SHARD, "token", List.of(), null), checkpoints);
  private final ScheduledExecutorService checkpointing = Executors.newScheduledThreadPool(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * A processor with batches of so many events, which wait this long for more, and so many permits
   * of the shard and of all.
   */
  ShardFixture(int maxEvents, Duration maxWait, int shardPermits, int permits) {
    StreamSettings settings = settings(maxEvents, maxWait, shardPermits, permits);
    StreamCounts counts = new StreamCounts(metrics, SOURCE, shards, Clock.systemUTC());
    Feeder.Shared feeding =
        new Feeder.Shared(
            SOURCE, route, new Permits(permits, 1 << 20), claims, lines, counts, threads);
    processor =
        new ShardProcessor(
            new ShardProcessor.Shared(
                settings,
                shards,
                lease,
                new Trust(),
                lines,
                feeding,
                counts,
                status,
                new AtomicLong()::incrementAndGet,
                Thread::new,
                checkpointing,
                Clock.systemUTC()));
  }

  static StreamSettings settings(int maxEvents, Duration maxWait, int shardPermits, int permits) {
    return new StreamSettings(
        "events",
        "wadi",
        InitialPosition.parse("TRIM_HORIZON"),
        maxEvents,
        1 << 20,
        maxWait,
        shardPermits,
        permits,
        64 << 20,
        3,
        Duration.ofMillis(5),
        Duration.ofMillis(500),
        false,
        true,
        false);
  }

  /** Begins the shard as one without a checkpoint. */
  ShardFixture begin() {
    return begin(ExtendedSequenceNumber.TRIM_HORIZON);
  }

  ShardFixture begin(ExtendedSequenceNumber checkpoint) {
    checkpointer.setInitialCheckpointValue(checkpoint);
    checkpointer.largestPermittedCheckpointValue(checkpoint);
    processor.initialize(
        InitializationInput.builder().shardId(SHARD).extendedSequenceNumber(checkpoint).build());
    return this;
  }

  /** Delivers plain records with these sequence numbers, whose data is the number. */
  void deliver(int from, int to) {
    deliver(IntStream.rangeClosed(from, to).mapToObj(i -> record(i, "{\"n\":" + i + "}")).toList());
  }

  void deliver(List<KinesisClientRecord> records) {
    List<KinesisClientRecord> parts = new ArrayList<>(new Deaggregation().deaggregate(records));
    parts.stream()
        .map(r -> new ExtendedSequenceNumber(r.sequenceNumber(), r.subSequenceNumber()))
        .max(ExtendedSequenceNumber::compareTo)
        .ifPresent(checkpointer::largestPermittedCheckpointValue);
    processor.processRecords(
        ProcessRecordsInput.builder()
            .records(parts)
            .millisBehindLatest(1500L)
            .checkpointer(checkpointer)
            .build());
  }

  /** The same, on a thread of its own, where it may block. */
  Future<?> deliverBehind(int from, int to) {
    return threads.submit(() -> deliver(from, to));
  }

  Future<?> endShard() {
    return threads.submit(
        () -> {
          checkpointer.sequenceNumberAtShardEnd(checkpointer.largestPermittedCheckpointValue());
          checkpointer.largestPermittedCheckpointValue(ExtendedSequenceNumber.SHARD_END);
          processor.shardEnded(ShardEndedInput.builder().checkpointer(checkpointer).build());
        });
  }

  Future<?> requestShutdown() {
    return threads.submit(
        () ->
            processor.shutdownRequested(
                ShutdownRequestedInput.builder().checkpointer(checkpointer).build()));
  }

  void loseLease() {
    lease.state = Lease.State.LOST;
    processor.leaseLost(LeaseLostInput.builder().build());
  }

  static KinesisClientRecord record(int sequence, String data) {
    return record(sequence, data.getBytes(StandardCharsets.UTF_8));
  }

  static KinesisClientRecord record(int sequence, byte[] data) {
    return KinesisClientRecord.builder()
        .sequenceNumber(Integer.toString(sequence))
        .partitionKey("key")
        .approximateArrivalTimestamp(Instant.parse("2026-11-21T10:00:00Z"))
        .data(ByteBuffer.wrap(data))
        .build();
  }

  static List<String> positions(ParkingRoute.Parked parked) {
    return parked.batch().records().stream().map(SourceRecord::position).toList();
  }

  long total(Metrics.Term term) {
    return metrics.total(term, SOURCE);
  }

  @Override
  public void close() {
    loseLease();
    checkpointing.shutdownNow();
    threads.shutdownNow();
  }
}
