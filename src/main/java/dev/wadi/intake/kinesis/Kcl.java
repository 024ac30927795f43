package dev.wadi.intake.kinesis;

import java.time.Duration;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.checkpoint.CheckpointConfig;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.LifecycleConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.ProcessorConfig;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** Sets the client library up: its own defaults, but for what stands here. */
final class Kcl {

  /** Longer than a source's own stop, which is what a handed on lease waits for. */
  private static final Duration HANDOFF_MARGIN = Duration.ofSeconds(5);

  /** A poll of ten thousand records, the library's own size, would be much to hold for a shard. */
  private static final int MOST_RECORDS_OF_A_POLL = 2_000;

  /**
   * The AWS clients that it works with.
   *
   * @param cloudWatch null if it sends no metrics
   */
  record Clients(
      KinesisAsyncClient kinesis, DynamoDbAsyncClient dynamoDb, CloudWatchAsyncClient cloudWatch) {}

  private Kcl() {}

  /**
   * A scheduler, to be run once.
   *
   * @param worker a name that no other process has
   */
  static Scheduler scheduler(
      StreamSettings settings,
      Clients clients,
      String worker,
      ShardRecordProcessorFactory processors,
      WorkerStateChangeListener listener) {
    MetricsConfig metrics = new MetricsConfig(clients.cloudWatch(), settings.application());
    if (!settings.cloudWatch()) {
      metrics.metricsFactory(new NullMetricsFactory());
    }
    LifecycleConfig lifecycle = new LifecycleConfig();
    lifecycle.aggregatorUtil(new Deaggregation());
    return new Scheduler(
        new CheckpointConfig(),
        coordinator(settings, listener),
        leases(settings, clients, worker),
        lifecycle,
        metrics,
        // also without records, so that it is known how far behind an idle shard is
        new ProcessorConfig(processors).callProcessRecordsEvenForEmptyRecordList(true),
        retrieval(settings, clients));
  }

  private static CoordinatorConfig coordinator(
      StreamSettings settings, WorkerStateChangeListener listener) {
    CoordinatorConfig coordinator = new CoordinatorConfig(settings.application());
    coordinator.workerStateChangeListener(listener);
    // whoever runs the scheduler tries again; its own attempts can't be broken off
    coordinator.maxInitializationAttempts(1);
    // or it asks for the shard of every batch of records, and skips the records if that fails
    coordinator.skipShardSyncAtWorkerInitializationIfLeasesExist(true);
    if (settings.quick()) {
      coordinator.parentShardPollIntervalMillis(500).shardConsumerDispatchPollIntervalMillis(100);
    }
    return coordinator;
  }

  private static LeaseManagementConfig leases(
      StreamSettings settings, Clients clients, String worker) {
    LeaseManagementConfig leases =
        new LeaseManagementConfig(
            settings.application(),
            settings.application(),
            clients.dynamoDb(),
            clients.kinesis(),
            worker);
    leases
        .gracefulLeaseHandoffConfig()
        .gracefulLeaseHandoffTimeoutMillis(settings.stopTimeout().plus(HANDOFF_MARGIN).toMillis());
    if (settings.quick()) {
      leases
          .failoverTimeMillis(3000)
          .shardSyncIntervalMillis(200)
          .leasesRecoveryAuditorExecutionFrequencyMillis(5000)
          .dynamoDbLockBasedLeaderLeaseDurationInMillis(5000)
          .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(1500)
          .enablePriorityLeaseAssignment(false);
      leases.workerUtilizationAwareAssignmentConfig().disableWorkerMetrics(true);
      leases.gracefulLeaseHandoffConfig().isGracefulLeaseHandoffEnabled(false);
    }
    return leases;
  }

  private static RetrievalConfig retrieval(StreamSettings settings, Clients clients) {
    RetrievalConfig retrieval =
        new RetrievalConfig(
            clients.kinesis(),
            new SingleStreamTracker(settings.stream(), settings.initialPosition().position()),
            settings.application());
    retrieval.retrievalSpecificConfig(
        settings.fanOut() ? fanOut(settings, clients) : polling(settings, clients));
    return retrieval;
  }

  private static RetrievalSpecificConfig fanOut(StreamSettings settings, Clients clients) {
    return new FanOutConfig(clients.kinesis())
        .streamName(settings.stream())
        .applicationName(settings.application());
  }

  private static RetrievalSpecificConfig polling(StreamSettings settings, Clients clients) {
    PollingConfig polling = new PollingConfig(settings.stream(), clients.kinesis());
    polling.maxRecords(MOST_RECORDS_OF_A_POLL);
    if (settings.quick()) {
      polling.idleTimeBetweenReadsInMillis(250);
    }
    return polling;
  }
}
