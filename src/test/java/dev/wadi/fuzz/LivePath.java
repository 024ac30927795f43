package dev.wadi.fuzz;

import dev.wadi.DirectLanding;
import dev.wadi.deadletter.ArchiveStep;
import dev.wadi.deadletter.DeadLetterDecodeStep;
import dev.wadi.deadletter.DeadLetterStep;
import dev.wadi.deadletter.DeadLetteredStep;
import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.DecodeStep;
import dev.wadi.decode.Decoder;
import dev.wadi.deduplicate.SetAsideStep;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.SourceRecord;
import dev.wadi.flatten.Columns;
import dev.wadi.flatten.Flatten;
import dev.wadi.flatten.FlattenStep;
import dev.wadi.flatten.KeepStep;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * The steps of the routes event, dead-letter and archive-dead-letters, in their order, and landing;
 * only Camel's way from one to the next is left out, and the queue between two of them.
 */
final class LivePath implements AutoCloseable {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final int BATCH = 500;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final DirectLanding landing;
  private final DecodeStep decode;
  private final SetAsideStep setAside = new SetAsideStep();
  private final FlattenStep flatten;
  private final KeepStep keep;
  private final DeadLetterStep deadLetter;
  private final DeadLetteredStep deadLettered;
  private final DeadLetterDecodeStep decodeDeadLetter = new DeadLetterDecodeStep();
  private final ArchiveStep archive = new ArchiveStep();
  private long sequence;
  private List<Batch> batches = new ArrayList<>();

  LivePath(Settings settings, Path data) {
    Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
    Shape shape = new Shapes(null, Map.of()).named(settings.text(Setting.DECODE_SHAPE));
    Columns columns =
        new Columns(settings.count(Setting.FLATTEN_MAX_COLUMNS), shape.columns(), metrics);
    landing = new DirectLanding(settings, data, columns);
    deadLettered = new DeadLetteredStep(metrics);
    decode = new DecodeStep(new Decoder(shape, limits(settings), metrics), metrics);
    Flatten flattening = new Flatten(columns, settings.count(Setting.FLATTEN_MAX_DEPTH));
    flatten = new FlattenStep(flattening);
    keep = new KeepStep(flattening);
    deadLetter = new DeadLetterStep(DeadLetterStep.USUAL_MAX_BYTES, landing.store()::putIfAbsent);
    camel.start();
  }

  static DecodeLimits limits(Settings settings) {
    return new DecodeLimits(
        (int) settings.number(Setting.DECODE_MAX_EVENT_SIZE),
        settings.count(Setting.DECODE_MAX_DEPTH),
        (int) settings.number(Setting.DECODE_MAX_STRING_LENGTH),
        DecodeLimits.DEFAULT.maxValues());
  }

  /** Lands all inputs, a commit after so many. */
  void land(InputFile inputs, int commitSize) throws Exception {
    List<SourceRecord> records = new ArrayList<>();
    int gathered = 0;
    for (long offset : inputs.offsets()) {
      String position = inputs.name() + "@" + offset;
      records.add(new SourceRecord("file", position, inputs.at(offset), NOW, 1));
      if (records.size() == BATCH) {
        gathered += records.size();
        receive(records);
        records = new ArrayList<>();
        if (gathered >= commitSize) {
          commit();
          gathered = 0;
        }
      }
    }
    receive(records);
    commit();
  }

  private void receive(List<SourceRecord> records) throws Exception {
    if (records.isEmpty()) {
      return;
    }
    List<SourceRecord> letters = new ArrayList<>();
    Batch batch = batch("file", records);
    for (SourceRecord record : batch) {
      String letter = lead(batch, record);
      if (letter != null) {
        byte[] bytes = letter.getBytes(StandardCharsets.UTF_8);
        letters.add(new SourceRecord("file-dlq", record.position() + "#0", bytes, NOW, 1));
      }
    }
    batches.add(batch);
    if (!letters.isEmpty()) {
      batches.add(archived(batch("file-dlq", letters)));
    }
  }

  private Batch batch(String source, List<SourceRecord> records) {
    return new Batch(source, ++sequence, records, List.of("delivery-" + sequence));
  }

  /** Gives a record its outcome; the body of its dead letter's message if it was rejected. */
  private String lead(Batch batch, SourceRecord record) throws Exception {
    Exchange exchange = exchange(batch, record);
    decode.process(exchange);
    Event event = exchange.getProperty(ExchangeProperty.EVENT, Event.class);
    if (event == null) {
      deadLetter.process(exchange);
      String body = exchange.getMessage().getBody(String.class);
      exchange.getMessage().setHeader(Sqs2Constants.MESSAGE_ID, "message-of-" + record.position());
      exchange.getMessage().setHeader(Sqs2Constants.MD5_OF_BODY, md5(body));
      deadLettered.process(exchange);
      return body;
    }
    Claims.Answer answer = claim(exchange, batch, event);
    if (answer instanceof Claims.Fresh || answer instanceof Claims.InFlight) {
      flatten.process(exchange);
      keep.process(exchange);
    } else {
      setAside.process(exchange);
    }
    return null;
  }

  private Batch archived(Batch batch) throws Exception {
    for (SourceRecord record : batch) {
      Exchange exchange = exchange(batch, record);
      decodeDeadLetter.process(exchange);
      claim(exchange, batch, exchange.getProperty(ExchangeProperty.EVENT, Event.class));
      archive.process(exchange);
    }
    return batch;
  }

  private Claims.Answer claim(Exchange exchange, Batch batch, Event event) {
    Claims.Answer answer =
        landing.claims().claim(batch, event.record(), event.key(), event.payloadHash());
    exchange.setProperty(ExchangeProperty.CLAIM, answer);
    return answer;
  }

  private Exchange exchange(Batch batch, SourceRecord record) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setProperty(ExchangeProperty.BATCH, batch);
    exchange.getMessage().setBody(record);
    return exchange;
  }

  private void commit() throws InterruptedException {
    List<Batch> landed = batches;
    batches = new ArrayList<>();
    if (!landed.isEmpty()) {
      landing.land(landed);
    }
  }

  private static String md5(String body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    landing.close();
    camel.stop();
  }
}
