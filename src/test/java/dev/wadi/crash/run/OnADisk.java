package dev.wadi.crash.run;

import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import dev.wadi.process.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A subject whose data folder is a small disk of its own. */
final class OnADisk implements Subject {

  private final Subject subject;
  private final Path data;
  private SmallDisk disk;

  OnADisk(Subject subject, Path data) {
    this.subject = subject;
    this.data = data;
  }

  /** Takes all space that is left. */
  void fill() throws IOException {
    disk.fill();
  }

  /** Gives it back. */
  void free() throws IOException {
    disk.free();
  }

  @Override
  public void start() throws Exception {
    Files.createDirectories(data);
    disk = SmallDisk.mount(data, "size=16m");
    subject.start();
  }

  @Override
  public void keepAlive() throws Exception {
    subject.keepAlive();
  }

  @Override
  public void stop() throws Exception {
    subject.stop();
  }

  @Override
  public Duration lag() {
    return subject.lag();
  }

  @Override
  public Verdict check(Path copy, Sent sent) throws Exception {
    return subject.check(copy, sent);
  }

  @Override
  public void close() throws IOException {
    try {
      subject.close();
    } finally {
      if (disk != null) {
        disk.close();
      }
    }
  }
}
