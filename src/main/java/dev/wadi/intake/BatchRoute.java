package dev.wadi.intake;

import dev.wadi.event.Batch;
import java.util.function.Consumer;

/** Where a source hands its batches to. */
public interface BatchRoute {

  /** Its name, for the log. */
  String id();

  /**
   * Takes a batch on its way, and returns when nothing is left for the calling thread to do, which
   * may be long before the batch has ended.
   *
   * @param ended told once when the batch has ended, with what failed it or null
   */
  void process(Batch batch, Consumer<Throwable> ended);
}
