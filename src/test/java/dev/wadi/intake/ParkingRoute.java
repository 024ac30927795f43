package dev.wadi.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Account;
import dev.wadi.event.Batch;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A route on which batches wait until the test ends them. */
public final class ParkingRoute implements BatchRoute {

  /** A batch on its way. */
  public record Parked(Batch batch, Consumer<Throwable> ended) {

    /** As a commit and then the exchange would end. */
    public void commit() {
      Account account = batch.account();
      batch.forEach(record -> account.put(record, new Outcome.Filtered("test")));
      account.close();
      ended.accept(null);
    }

    public void end() {
      ended.accept(null);
    }

    public void fail(String message) {
      ended.accept(new IllegalStateException(message));
    }

    public void failByOutage() {
      ended.accept(new IllegalStateException("landing", SdkClientException.create("503")));
    }

    public List<String> bodies() {
      return batch.records().stream().map(Parked::text).toList();
    }

    private static String text(SourceRecord record) {
      return new String(record.bytes(), StandardCharsets.UTF_8);
    }
  }

  /** Ends batches at once: well where it answers null, else by the failure. */
  public volatile Function<Parked, Throwable> judge;

  /** What the route ends in at once, one time, if that isn't null. */
  public volatile Error error;

  private final BlockingQueue<Parked> parked = new LinkedBlockingQueue<>();

  @Override
  public String id() {
    return "parking";
  }

  @Override
  public void process(Batch batch, Consumer<Throwable> ended) {
    Error thrown = error;
    if (thrown != null) {
      error = null;
      throw thrown;
    }
    Parked one = new Parked(batch, ended);
    Function<Parked, Throwable> atOnce = judge;
    if (atOnce == null) {
      parked.add(one);
      return;
    }
    Throwable failure = atOnce.apply(one);
    if (failure == null) {
      one.commit();
    } else {
      ended.accept(failure);
    }
  }

  /** The next batch, which must come. */
  public Parked next() throws InterruptedException {
    Parked next = parked.poll(120, TimeUnit.SECONDS);
    assertThat(next).as("a batch").isNotNull();
    return next;
  }

  public boolean isEmpty() {
    return parked.isEmpty();
  }
}
