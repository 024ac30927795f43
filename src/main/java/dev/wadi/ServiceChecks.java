package dev.wadi;

import dev.wadi.ops.Health;
import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.util.List;

/** Whether the queues and the store that it needs answer. */
final class ServiceChecks {

  private final Settings settings;
  private final Services services;

  ServiceChecks(Settings settings, Services services) {
    this.settings = settings;
    this.services = services;
  }

  /**
   * @param drops the queues that tell of dropped files
   */
  void addTo(Health health, List<String> drops) {
    health.add("queue", queue(settings.text(Setting.INTAKE_QUEUE)));
    health.add("dead-letter queue", queue(settings.text(Setting.DEAD_LETTERS_QUEUE)));
    drops.forEach(queue -> health.add("queue of drops", queue(queue)));
    health.add("store", store(settings.text(Setting.LAND_BUCKET)));
  }

  private HealthCheck queue(String queue) {
    return () -> {
      services.sqs().getQueueUrl(get -> get.queueName(queue));
      return HealthCheck.up(queue + " answers");
    };
  }

  private HealthCheck store(String bucket) {
    return () -> {
      services.s3().headBucket(head -> head.bucket(bucket));
      return HealthCheck.up(bucket + " answers");
    };
  }
}
