package dev.wadi;

import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.LakeObjects;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.nio.file.Path;

/** The lake of a profile, for readers: the local one's is a folder, any other's a bucket. */
public final class ReadLake implements AutoCloseable {

  private final LakeObjects objects;
  private final Closing closing;

  private ReadLake(LakeObjects objects, Closing closing) {
    this.objects = objects;
    this.closing = closing;
  }

  /**
   * Opens the lake; nothing is written to it, and no server is started.
   *
   * @param data the data folder, in the local profile
   * @throws dev.wadi.event.SetupException if there is none
   */
  public static ReadLake open(Settings settings, Path data) {
    Closing closing = new Closing();
    if (settings.profile().equals("local")) {
      return new ReadLake(LakeFolder.of(data), closing);
    }
    Services services = closing.opened(Services.aws(settings));
    return new ReadLake(
        closing.opened(new BucketLake(services.s3(), settings.text(Setting.LAND_BUCKET))), closing);
  }

  public LakeObjects objects() {
    return objects;
  }

  @Override
  public void close() {
    closing.close();
  }
}
