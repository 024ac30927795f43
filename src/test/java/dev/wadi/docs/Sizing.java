package dev.wadi.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a million events cost on AWS, in US dollars, by part: the arithmetic of docs/sizing.md, from
 * the prices and counts beside it.
 */
final class Sizing {

  private static final double MILLION = 1_000_000;
  private static final double GB = 1L << 30;
  private static final double HOUR = 3_600;

  /** Where events come from. */
  enum Flow {
    QUEUE("SQS -> lake"),
    HTTP("HTTP -> log -> lake"),
    STREAM_ON_DEMAND("Kinesis on demand -> lake"),
    STREAM_PROVISIONED("Kinesis provisioned -> lake"),
    DROPS("S3 drops -> lake");

    final String title;

    Flow(String title) {
      this.title = title;
    }
  }

  /**
   * What is paid for by the hour.
   *
   * @param cpu a task's virtual processors
   * @param memory a task's GB
   * @param endpoints interface endpoints, each in so many zones
   */
  record Deployment(double tasks, double cpu, double memory, double endpoints, double zones) {}

  private final Map<String, Double> prices;
  private final Map<String, Double> counts;

  Sizing(Path folder) throws IOException {
    prices = column(folder.resolve("prices.csv"), true);
    counts = column(folder.resolve("counts.csv"), false);
  }

  /** The parts of a flow's cost for a million events that come at this rate, a second. */
  Map<String, Double> cost(Flow flow, boolean shared, double rate) {
    return cost(
        flow,
        shared,
        rate,
        new Deployment(
            tasks(rate),
            count("task.cpu"),
            count("task.memory"),
            count("network.endpoints"),
            count("network.zones")));
  }

  /** The same by what is deployed. */
  Map<String, Double> cost(Flow flow, boolean shared, double rate, Deployment deployed) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("source", source(flow, rate) + leases(flow, rate));
    parts.put("S3", requests(rate, deployed.tasks()));
    parts.put("ledger", shared ? MILLION * count("ledger.writes") * price("dynamodb.write") : 0);
    parts.put("CPU", perHour(deployed.tasks() * taskHour(deployed), rate));
    parts.put("network", network(flow, rate, deployed));
    parts.put(
        "logs", perHour(deployed.tasks() * count("log.bytes") / GB * price("logs.data"), rate));
    parts.put("a month's storage", storage(shared));
    return parts;
  }

  static double total(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Processes for a rate. */
  double tasks(double rate) {
    double each = MILLION / count("event.cpu") * count("task.cpu") * count("task.load");
    return Math.max(1, Math.ceil(rate / each));
  }

  /** SQS's part of a million events whose messages are extended as often as by default. */
  double queueExtended(double rate) {
    return source(Flow.QUEUE, rate) + MILLION * count("queue.extends") * price("sqs.request");
  }

  /** The parts of a design with a function for each batch; objects put for each of these. */
  Map<String, Double> lambda(double objectsOfABatch, double rate) {
    double invocations = MILLION / count("lambda.batch");
    double seconds = count("lambda.batch") * count("lambda.put") + count("lambda.rest");
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("Kinesis on demand", source(Flow.STREAM_ON_DEMAND, rate));
    parts.put(
        "Lambda",
        invocations * price("lambda.request")
            + invocations * seconds * count("lambda.memory") * price("lambda.duration"));
    parts.put("DynamoDB", MILLION * price("dynamodb.write"));
    parts.put("S3 objects", invocations * objectsOfABatch * price("s3.put"));
    parts.put("a month's storage", storage(true));
    return parts;
  }

  /** What a stream on demand costs that nothing comes by, for a million events at a rate. */
  double idleStream(double rate) {
    return perHour(price("kinesis.stream"), rate);
  }

  double count(String id) {
    return value(counts, id);
  }

  private double source(Flow flow, double rate) {
    double call = count("queue.call");
    return switch (flow) {
      case QUEUE -> {
        // a call that waits is answered with the first message that comes
        double received = Math.max(1, Math.min(call, rate / 20));
        double requests = 1 / call + 1 / received + count("queue.deletes");
        yield MILLION * requests * price("sqs.request");
      }
      case HTTP -> {
        double gigabytes = rate * HOUR * count("event.bytes") / GB;
        yield perHour(price("balancer.hour") + gigabytes * price("balancer.unit"), rate);
      }
      case STREAM_ON_DEMAND -> {
        double in = MILLION * Math.ceil(count("event.bytes") / 1024) * 1024 / GB;
        double out = MILLION * count("event.bytes") / GB;
        yield in * price("kinesis.in")
            + out * price("kinesis.out")
            + perHour(price("kinesis.stream"), rate);
      }
      case STREAM_PROVISIONED ->
          MILLION * price("kinesis.unit") + perHour(shards(rate) * price("kinesis.shard"), rate);
      // told of by S3 and received one a call
      case DROPS ->
          MILLION
              / count("drop.events")
              * ((1 + count("drop.deletes") + count("drop.extends")) * price("sqs.request")
                  + count("drop.gets") * price("s3.get")
                  + price("s3.put"));
    };
  }

  /** Twice what is needed, since keys aren't spread evenly. */
  private double shards(double rate) {
    return Math.max(2, Math.ceil(2 * rate / count("kinesis.shard.events")));
  }

  /** The client library's table, by which processes share the shards. */
  private double leases(Flow flow, double rate) {
    return flow == Flow.STREAM_ON_DEMAND || flow == Flow.STREAM_PROVISIONED
        ? perHour(shards(rate) * count("kinesis.lease.writes") * price("dynamodb.write"), rate)
        : 0;
  }

  /** What is put into the lake, and read once by a compaction. */
  private double requests(double rate, double tasks) {
    double events = Math.min(count("commit.events"), count("commit.seconds") * rate / tasks);
    double puts = count("commit.files") + count("commit.puts") + count("commit.lists");
    double gets = count("commit.files");
    return MILLION / events * (puts * price("s3.put") + gets * price("s3.get"));
  }

  private double network(Flow flow, double rate, Deployment deployed) {
    double hour = deployed.endpoints() * deployed.zones() * price("endpoint.hour");
    boolean through = flow != Flow.HTTP && flow != Flow.DROPS;
    double bytes = through ? MILLION * count("network.bytes") : 0;
    return perHour(hour, rate) + bytes / GB * price("endpoint.data");
  }

  private double storage(boolean shared) {
    double lake = MILLION * count("landed.bytes") / GB * price("s3.storage");
    return lake + (shared ? MILLION * count("ledger.bytes") / GB * price("dynamodb.storage") : 0);
  }

  private double taskHour(Deployment deployed) {
    return deployed.cpu() * price("fargate.cpu") + deployed.memory() * price("fargate.memory");
  }

  /** What an hour costs, shared out over its events. */
  private static double perHour(double hour, double rate) {
    return hour / (rate * HOUR) * MILLION;
  }

  private double price(String id) {
    return value(prices, id);
  }

  private static double value(Map<String, Double> values, String id) {
    Double value = values.get(id);
    if (value == null) {
      throw new IllegalArgumentException("there is no line " + id);
    }
    return value;
  }

  /** A price is that of so many units, a thousand or a million. */
  private static Map<String, Double> column(Path file, boolean perUnits) throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] cells = line.split(",");
      double units =
          perUnits && cells[2].matches("\\d+ .*") ? Double.parseDouble(cells[2].split(" ")[0]) : 1;
      values.put(cells[0], Double.parseDouble(cells[1]) / units);
    }
    return values;
  }
}
