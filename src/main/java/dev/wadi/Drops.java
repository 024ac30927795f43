package dev.wadi;

import dev.wadi.event.Deliveries;
import dev.wadi.event.SetupException;
import dev.wadi.intake.drop.Dropped;
import dev.wadi.local.DropFolder;
import dev.wadi.local.DroppedFile;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The objects that are dropped into buckets, if they are read; in the local profile, files. */
record Drops(Settings settings) {

  /** The bucket of the local profile that files are dropped into, and its folder. */
  static final String BUCKET = "raw";

  /** Far below what a queue's message may have, since keys may be long. */
  private static final int MOST_IN_MESSAGE = 50;

  /** Whether dropped objects are read. */
  boolean isRead() {
    return !queue().isBlank();
  }

  /** The name of the queue of notifications; blank if there is none. */
  String queue() {
    return settings.text(Setting.INTAKE_DROPS_QUEUE);
  }

  /** The queues of notifications. */
  List<String> queues() {
    return isRead() ? List.of(queue()) : List.of();
  }

  /** The route, if it isn't wanted. */
  List<String> leftOut() {
    return isRead() ? List.of() : List.of("intake-s3");
  }

  /**
   * Has the local profile's folder told of, in a thread of its own.
   *
   * @return null if there is none
   * @throws SetupException if the folder can't be watched
   */
  DropFolder watch(Path data, SqsClient sqs, Deliveries deliveries, Closing closing, Clock clock) {
    if (!isRead() || !settings.profile().equals("local")) {
      return null;
    }
    String url = sqs.getQueueUrl(get -> get.queueName(queue())).queueUrl();
    Path folder = data.resolve(BUCKET);
    try {
      DropFolder watched =
          closing.opened(
              DropFolder.open(
                  folder,
                  file -> dropped(file).isKnown(deliveries, queue()),
                  files -> tell(sqs, url, files),
                  clock));
      watched.start();
      return watched;
    } catch (IOException e) {
      throw new SetupException("the folder " + folder + " can't be watched: " + e, e);
    }
  }

  private static void tell(SqsClient sqs, String url, List<DroppedFile> files) {
    List<Dropped> dropped = new ArrayList<>(files.stream().map(Drops::dropped).toList());
    for (int from = 0; from < dropped.size(); from += MOST_IN_MESSAGE) {
      List<Dropped> some = dropped.subList(from, Math.min(from + MOST_IN_MESSAGE, dropped.size()));
      sqs.sendMessage(send -> send.queueUrl(url).messageBody(Dropped.notification(some)));
    }
  }

  private static Dropped dropped(DroppedFile file) {
    return new Dropped(BUCKET, file.key(), file.version(), file.size(), file.modified());
  }
}
