package dev.wadi.intake.kinesis;

import java.util.concurrent.Semaphore;

/**
 * Bounds what a source has on its way over all shards, in batches and in bytes. Batches are let in
 * in the order in which they came; the bytes may go beyond the bound by what a batch has.
 * Thread-safe.
 */
final class Permits {

  private final Semaphore batches;
  private final long maxBytes;
  private long bytes;

  Permits(int maxBatches, long maxBytes) {
    this.batches = new Semaphore(maxBatches, true);
    this.maxBytes = maxBytes;
  }

  /** Waits for a batch's permit. */
  void acquire() throws InterruptedException {
    batches.acquire();
    try {
      awaitBytes();
    } catch (InterruptedException e) {
      batches.release();
      throw e;
    }
  }

  /** What the batch turned out to have. */
  synchronized void hold(long batchBytes) {
    bytes += batchBytes;
  }

  /** The batch has ended, or there was none: 0. */
  void release(long batchBytes) {
    synchronized (this) {
      bytes -= batchBytes;
      notifyAll();
    }
    batches.release();
  }

  private synchronized void awaitBytes() throws InterruptedException {
    while (bytes >= maxBytes) {
      wait();
    }
  }
}
