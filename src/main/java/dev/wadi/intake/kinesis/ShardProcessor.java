package dev.wadi.intake.kinesis;

import dev.wadi.event.Lines;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * What the client library calls for one lease of one shard, one call at a time. It holds each call
 * up for as long as it takes, and lets none fail: the library skips records whose call has failed.
 */
final class ShardProcessor implements ShardRecordProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(ShardProcessor.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  /** What the processors of a source share. */
  record Shared(
      StreamSettings settings,
      Shards shards,
      Leases leases,
      Trust trust,
      Lines lines,
      Feeder.Shared feeding,
      StreamCounts counts,
      SourceStatus status,
      LongSupplier sequence,
      ThreadFactory threads,
      ScheduledExecutorService checkpointing,
      Clock clock) {}

  private final Shared shared;
  private RecordReader reader;
  private ShardLine line;
  private ShardCheckpoint checkpoint;

  ShardProcessor(Shared shared) {
    this.shared = shared;
  }

  @Override
  public void initialize(InitializationInput input) {
    String shard = input.shardId();
    Lease lease = shared.leases.held(shard);
    Optional<String> accountedFor = begin(shard, lease);
    reader = new RecordReader(shared.settings.source(), shard, shared.clock);
    checkpoint = new ShardCheckpoint(shard, PAUSES, shared.checkpointing);
    line =
        new ShardLine(
            shard,
            shared.settings,
            lease,
            accountedFor.orElse(null),
            shared.trust,
            shared.sequence,
            checkpoint::landed);
    if (lease.state() == Lease.State.LOST) {
      line.end();
      return;
    }
    if (accountedFor.isPresent()) {
      compare(shard, input.extendedSequenceNumber(), Position.parse(accountedFor.get()));
    }
    LOG.info("{} is read behind {}", shard, accountedFor.orElse("nothing"));
    shared.shards.add(line);
    shared.threads.newThread(new Feeder(line, lease, shared.feeding)).start();
  }

  @Override
  public void processRecords(ProcessRecordsInput input) {
    shared.status.succeeded();
    if (input.millisBehindLatest() != null) {
      line.behind(input.millisBehindLatest());
    }
    checkpoint.use(input.checkpointer());
    try {
      PAUSES.untilItSucceeds(
          () -> {
            take(input);
            return null;
          },
          e -> LOG.error("records of {} can't be taken in, it is tried again", line.shard(), e));
    } catch (InterruptedException e) {
      // the library skips what it has brought: nothing of the shard may go past that
      line.end();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void leaseLost(LeaseLostInput input) {
    if (line != null) {
      close();
    }
  }

  @Override
  public void shardEnded(ShardEndedInput input) {
    checkpoint.use(input.checkpointer());
    try {
      if (line.finish() && checkpoint.shardEnd()) {
        LOG.info("{} has ended and all of it has landed", line.shard());
        close();
      }
    } catch (InterruptedException e) {
      line.end();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void shutdownRequested(ShutdownRequestedInput input) {
    if (line == null) {
      return;
    }
    line.drain();
    try {
      if (!line.awaitEnded(shared.settings.stopTimeout())) {
        LOG.warn(
            "{} is handed on while batches of it are on their way: whoever reads it next settles"
                + " them",
            line.shard());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RecordProcessorCheckpointer checkpointer = input.checkpointer();
    checkpoint.use(checkpointer);
    checkpoint.now();
    close();
  }

  private void take(ProcessRecordsInput input) throws InterruptedException {
    int redelivered = 0;
    Position last = null;
    for (ShardRecord record : reader.read(input.records())) {
      switch (line.offer(record)) {
        case TAKEN, HELD -> {}
        case REDELIVERED -> {
          redelivered++;
          last = record.position();
        }
        case REFUSED -> {
          return;
        }
      }
    }
    if (last != null) {
      LOG.info("{} records of {} have landed before", redelivered, line.shard());
      shared.counts.redelivered(redelivered);
      checkpoint.landed(last);
    }
  }

  /** Asks for as long as the lease is held; what was read before is fenced off then. */
  private Optional<String> begin(String shard, Lease lease) {
    try {
      return PAUSES.untilItSucceeds(
          () ->
              lease.state() == Lease.State.LOST || shared.shards.isStopping()
                  ? Optional.empty()
                  : shared.lines.begin(shared.settings.source(), shard),
          e -> {
            shared.status.failed(e.getMessage());
            LOG.warn("how far {} is accounted for can't be told now: {}", shard, e.toString());
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while " + shard + " was begun", e);
    }
  }

  private void compare(String shard, ExtendedSequenceNumber checkpointed, Position accountedFor) {
    String at = checkpointed.sequenceNumber();
    if (at.equals("LATEST") || at.equals("AT_TIMESTAMP")) {
      // the first checkpoint was never written, and this position means another place by now
      LOG.info("{} is begun again behind {}", shard, accountedFor);
      line.end();
      shared.leases.restart(shard, accountedFor);
    } else if (Character.isDigit(at.charAt(0))
        && Position.parse(at).sequence().compareTo(accountedFor.sequence()) > 0) {
      LOG.warn(
          "the checkpoint {} of {} is past {}, up to which commits account for it: what is between"
              + " them is not read",
          at,
          shard,
          accountedFor);
    }
  }

  private void close() {
    line.end();
    checkpoint.close();
    shared.shards.remove(line);
  }
}
