package dev.wadi.ingest;

import dev.wadi.event.Tape;
import dev.wadi.event.TransientException;
import dev.wadi.intake.file.Block;
import dev.wadi.intake.file.FileSource;
import dev.wadi.intake.file.Piece;
import dev.wadi.ops.StageTimes;
import dev.wadi.ops.StageTimes.Stage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pieces of a source, decoded by several threads, in the source's order. A thread of its own
 * asks the source, so that one that has to be decompressed is read while others are decoded; it
 * stops while so many pieces are waiting.
 */
public final class DecodedPieces implements AutoCloseable {

  private static final Future<DecodedPiece> END = CompletableFuture.completedFuture(null);

  private final FileSource source;
  private final Semaphore room;
  private final BlockingQueue<BlockDecoder> decoders;
  private final BlockingQueue<Future<DecodedPiece>> decoded = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Tape> tapes = new ConcurrentLinkedQueue<>();
  private final ExecutorService workers;
  private final Thread reader;
  private final StageTimes times;

  /**
   * Begins to read.
   *
   * @param decoders one for each thread
   * @param ahead how many pieces may be decoded and not yet taken
   */
  public DecodedPieces(
      FileSource source, List<BlockDecoder> decoders, int ahead, StageTimes times) {
    this.source = source;
    this.times = times;
    this.decoders = new LinkedBlockingQueue<>(decoders);
    this.room = new Semaphore(ahead);
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            decoders.size(), work -> daemon(work, "wadi-decode-" + number.incrementAndGet()));
    this.reader = daemon(this::read, "wadi-read");
    this.reader.start();
  }

  /**
   * The next piece, or null after the last.
   *
   * @throws TransientException if a file can't be read
   */
  DecodedPiece next() throws InterruptedException {
    return times.time(Stage.AWAIT_RECORDS, this::take);
  }

  private DecodedPiece take() throws InterruptedException {
    Future<DecodedPiece> next = decoded.take();
    try {
      DecodedPiece piece = next.get();
      if (piece != null) {
        room.release();
      }
      return piece;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    }
  }

  /** Says that the blocks of these are not needed any more. */
  void giveBack(List<DecodedPiece> pieces) {
    for (DecodedPiece piece : pieces) {
      tapes.add(piece.events().tape());
      source.giveBack((Block) piece.events().records());
    }
  }

  @Override
  public void close() {
    reader.interrupt();
    workers.shutdownNow();
  }

  private void read() {
    try {
      while (true) {
        room.acquire();
        Piece piece = times.time(Stage.READ, source::next);
        if (piece == null) {
          decoded.add(END);
          return;
        }
        decoded.add(workers.submit(() -> decode(piece)));
      }
    } catch (InterruptedException e) {
      decoded.add(CompletableFuture.failedFuture(new TransientException("reading stops", e)));
    } catch (RuntimeException | Error e) {
      decoded.add(CompletableFuture.failedFuture(e));
    }
  }

  private DecodedPiece decode(Piece piece) throws InterruptedException {
    BlockDecoder decoder = decoders.take();
    try {
      Tape tape = tapes.poll();
      Block block = times.time(Stage.READ, piece::read);
      Tape columns = tape == null ? new Tape() : tape;
      return times.time(
          Stage.DECODE, () -> new DecodedPiece(piece, decoder.decode(block, columns)));
    } finally {
      decoders.add(decoder);
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
