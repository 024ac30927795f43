package dev.wadi.land.compact;

import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The route's {@code compact} step: joins what there is to join; the body becomes the report. */
public final class CompactStep implements Processor {

  /** Runs a compaction; see {@link Compaction#run}. */
  @FunctionalInterface
  public interface Work {
    CompactionReport run(BooleanSupplier stopping) throws InterruptedException;
  }

  private final Work work;

  public CompactStep(Work work) {
    this.work = work;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    CamelContext camel = exchange.getContext();
    exchange.getMessage().setBody(work.run(() -> camel.isStopping() || camel.isStopped()));
  }
}
