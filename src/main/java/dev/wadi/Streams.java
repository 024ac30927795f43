package dev.wadi;

import dev.wadi.intake.kinesis.StreamClients;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.simulator.PartitionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The stream that events are taken from, and that the simulator may send to, if there is one. */
record Streams(Settings settings) {

  /** The name of the stream's source in metrics. */
  String source() {
    return "kinesis:" + settings.text(Setting.INTAKE_STREAM);
  }

  /** Whether events are taken from a stream. */
  boolean isRead() {
    return !settings.text(Setting.INTAKE_STREAM).isBlank();
  }

  /** Whether the simulator sends to the stream. */
  boolean isSimulated() {
    return settings.text(Setting.SIMULATOR_TO).equals("stream");
  }

  /** Those of the routes of streams, and of the simulator's, that the settings don't want. */
  List<String> leftOut() {
    Map<String, String> routes =
        Map.of("queue", "simulate", "stream", "simulate-kinesis", "files", "simulate-files");
    List<String> leftOut = new ArrayList<>(routes.values());
    if (settings.rate(Setting.SIMULATOR_RATE) > 0) {
      leftOut.remove(routes.get(settings.text(Setting.SIMULATOR_TO)));
    }
    if (!isRead()) {
      leftOut.add("intake-kinesis");
    }
    return leftOut;
  }

  /**
   * Gives the routes the clients that they need, if there is a stream.
   *
   * @param closing closes the clients
   */
  void open(Closing closing, BiConsumer<String, Object> registry) {
    if (!isRead()) {
      return;
    }
    StreamClients clients = closing.opened(new AwsClients(settings).streams());
    registry.accept("kinesisAsyncClient", clients.kinesis());
    registry.accept("kinesisClient", clients.sending());
    registry.accept("dynamoDbAsyncClient", clients.dynamoDb());
    registry.accept("cloudWatchAsyncClient", clients.cloudWatch());
    registry.accept("partitionKey", new PartitionKey(Simulation.scenario(settings)));
  }
}
