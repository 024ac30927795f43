package dev.wadi;

import dev.wadi.deadletter.ByteStore;
import dev.wadi.deadletter.ReplaySender;
import dev.wadi.event.SetupException;
import dev.wadi.lake.LakeFolder;
import dev.wadi.land.LakeStore;
import dev.wadi.land.S3LakeStore;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.nio.file.Path;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Where dead letters are replayed from and to: the lake's archive, and the queue of events of a
 * Wadi that runs.
 */
public final class ReplayTarget implements AutoCloseable {

  /** What SQS allowed a message before 2025, and emulators still do. */
  public static final int MAX_MESSAGE_BYTES = 256 * 1024;

  private final Settings settings;
  private final Path data;
  private final Closing closing = new Closing();
  private Services services;

  /**
   * @param data the data folder
   */
  public ReplayTarget(Settings settings, Path data) {
    this.settings = settings;
    this.data = data;
  }

  /**
   * The lake's folder; in the profile {@code aws} a copy of what dead letters are in, which goes
   * when this is closed.
   */
  public LakeFolder lake() {
    return settings.profile().equals("local")
        ? LakeFolder.of(data)
        : closing.opened(LakeCopy.of(store())).folder();
  }

  /**
   * Sends to the queue of events.
   *
   * @throws SetupException if no queue answers
   */
  public ReplaySender sender() {
    String queue = settings.text(Setting.INTAKE_QUEUE);
    Services running = services();
    try {
      String url = running.sqs().getQueueUrl(get -> get.queueName(queue)).queueUrl();
      return new ReplaySender(running.sqs(), url, MAX_MESSAGE_BYTES);
    } catch (SdkException e) {
      throw new SetupException(
          "the queue "
              + queue
              + " doesn't answer ("
              + e.getMessage()
              + "): nothing was sent. "
              + (settings.profile().equals("local")
                  ? "Start `wadi run --data " + data + "` and try again"
                  : "Check wadi.intake.queue, the region, the credentials and sqs:GetQueueUrl"),
          e);
    }
  }

  /** Takes the bytes that are too many for a message. */
  public ByteStore bytes() {
    return store()::putIfAbsent;
  }

  private LakeStore store() {
    return new S3LakeStore(services().s3(), settings.text(Setting.LAND_BUCKET));
  }

  private Services services() {
    if (services == null) {
      services = closing.opened(Services.running(settings, data));
    }
    return services;
  }

  @Override
  public void close() {
    closing.close();
  }
}
