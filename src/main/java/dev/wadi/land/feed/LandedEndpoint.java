package dev.wadi.land.feed;

import dev.wadi.event.SetupException;
import dev.wadi.land.feed.FeedSettings.Start;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Hands on what has landed, at least once, in the order of the commits. The body is a list of rows,
 * each a map of its columns; {@link LandedConsumer} names the headers.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "wadi-landed",
    title = "Wadi Landed",
    syntax = "wadi-landed:name",
    consumerOnly = true,
    category = {Category.DATABASE, Category.MESSAGING})
public final class LandedEndpoint extends DefaultEndpoint {

  private static final Duration GREATEST_BACKOFF = Duration.ofMinutes(1);

  @UriPath(description = "The feed's name, by which the lake notes how far it has come")
  @Metadata(required = true)
  private final String name;

  @UriParam(defaultValue = "events", description = "Whose rows are handed on")
  private String table = "events";

  @UriParam(
      defaultValue = "beginning",
      description = "Where a new feed begins: beginning, or now for what lands from then on")
  private String from = "beginning";

  @UriParam(defaultValue = "500", description = "The most rows of an exchange")
  private int maxRows = 500;

  @UriParam(
      defaultValue = "4194304",
      description = "An exchange is full when its texts have this many characters")
  private long maxBytes = 4L * 1024 * 1024;

  @UriParam(defaultValue = "true", description = "Whether rows have their _doc")
  private boolean documents = true;

  @UriParam(defaultValue = "5s", description = "How often the lake is looked at when nothing waits")
  private Duration poll = Duration.ofSeconds(5);

  @UriParam(
      defaultValue = "1s",
      description = "The wait before what has failed is tried again; doubles, up to a minute")
  private Duration retryDelay = Duration.ofSeconds(1);

  @UriParam(
      defaultValue = "60s",
      description = "How long others wait for a process that shares the lake and has the feed")
  private Duration lease = Duration.ofSeconds(60);

  LandedEndpoint(String uri, LandedComponent component, String name) {
    super(uri, component);
    this.name = name;
  }

  @Override
  public Producer createProducer() {
    throw new SetupException("wadi-landed:" + name + " only hands on: a route begins with it");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    FeedSettings settings =
        new FeedSettings(
            name,
            table,
            Start.parse(from),
            maxRows,
            maxBytes,
            documents,
            poll,
            lease,
            new Backoff(retryDelay, GREATEST_BACKOFF));
    LandedConsumer consumer = new LandedConsumer(this, processor, settings);
    configureConsumer(consumer);
    return consumer;
  }

  LandedComponent component() {
    return (LandedComponent) getComponent();
  }

  public void setTable(String table) {
    this.table = table;
  }

  public void setFrom(String from) {
    this.from = from;
  }

  public void setMaxRows(int maxRows) {
    this.maxRows = maxRows;
  }

  public void setMaxBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  public void setDocuments(boolean documents) {
    this.documents = documents;
  }

  public void setPoll(Duration poll) {
    this.poll = poll;
  }

  public void setRetryDelay(Duration retryDelay) {
    this.retryDelay = retryDelay;
  }

  public void setLease(Duration lease) {
    this.lease = lease;
  }
}
