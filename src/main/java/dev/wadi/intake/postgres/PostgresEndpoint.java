package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import dev.wadi.intake.DispatchEndpoint;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/**
 * Receives batches of the rows of a database's tables and of every change of them, and moves the
 * replication slot behind those that a commit accounts for. The exchange has the batch as its body
 * and as the property {@code WadiBatch}.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "wadi-postgres",
    title = "Wadi PostgreSQL",
    syntax = "wadi-postgres:slot",
    consumerOnly = true,
    category = {Category.DATABASE})
public final class PostgresEndpoint extends DispatchEndpoint {

  @UriPath(description = "The replication slot, made if it isn't there")
  @Metadata(required = true)
  private final String slot;

  @UriParam(description = "The tables, such as public.orders, with commas between them")
  @Metadata(required = true)
  private String tables = "";

  @UriParam(defaultValue = "wadi", description = "The publication, made if it isn't there")
  private String publication = "wadi";

  @UriParam(
      defaultValue = "initial",
      enums = "initial,never",
      description = "Whether the rows that are there already are read first")
  private String snapshot = "initial";

  @UriParam(defaultValue = "10s", description = "How often the position moves on without changes")
  private Duration heartbeat = Duration.ofSeconds(10);

  @UriParam(description = "The lake's bucket, which keeps the position")
  @Metadata(required = true)
  private String lakeBucket = "";

  @UriParam(defaultValue = "4", description = "How many batches the route works on at a time")
  private int threads = 4;

  PostgresEndpoint(String uri, PostgresComponent component, String slot) {
    super(uri, component, 0);
    this.slot = slot;
  }

  @Override
  public Producer createProducer() {
    throw new SetupException("wadi-postgres:" + slot + " only reads");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    PostgresConsumer consumer = new PostgresConsumer(this, processor, settings());
    configureConsumer(consumer);
    return consumer;
  }

  public void setTables(String tables) {
    this.tables = tables;
  }

  public void setPublication(String publication) {
    this.publication = publication;
  }

  public void setSnapshot(String snapshot) {
    this.snapshot = snapshot;
  }

  public void setHeartbeat(Duration heartbeat) {
    this.heartbeat = heartbeat;
  }

  public void setLakeBucket(String lakeBucket) {
    this.lakeBucket = lakeBucket;
  }

  public void setThreads(int threads) {
    this.threads = threads;
  }

  PostgresComponent component() {
    return (PostgresComponent) getComponent();
  }

  String lakeBucket() {
    return lakeBucket;
  }

  private PostgresSettings settings() {
    return new PostgresSettings(
        Table.list(tables),
        slot,
        publication,
        heartbeat,
        snapshot.equals("initial"),
        dispatch(PostgresSettings.source(slot), threads));
  }
}
