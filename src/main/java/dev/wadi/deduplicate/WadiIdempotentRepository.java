package dev.wadi.deduplicate;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Lets {@code idempotentConsumer} ask the claims, and serves as an ordinary repository in users'
 * own routes, whose exchanges carry no batch.
 *
 * <p>In the pipeline, a key is new if the record holds its claim now, or if another record in
 * flight does: that copy goes on as a candidate until its commit is cut. The answer is in the
 * exchange's property {@link ExchangeProperty#CLAIM}. Confirming is the commit's alone, and a claim
 * that a candidate landed under is given up only with its batch, by whoever ends that.
 */
public final class WadiIdempotentRepository extends ServiceSupport implements IdempotentRepository {

  private static final String KEY = "${exchangeProperty." + ExchangeProperty.EVENT + ".key.hex}";
  private static final Object NOBODY = new Object();

  private final Claims claims;
  private final RouteKeys routeKeys;
  private final Metrics metrics;

  public WadiIdempotentRepository(Claims claims, RouteKeys routeKeys, Metrics metrics) {
    this.claims = claims;
    this.routeKeys = routeKeys;
    this.metrics = metrics;
  }

  @Override
  public boolean add(Exchange exchange, String key) {
    Batch batch = batch(exchange);
    if (batch == null) {
      return routeKeys.add(key, RouteOwner.become(exchange, key));
    }
    if (!isAbout(exchange, key)) {
      throw new SetupException(
          "idempotentConsumer was given the key '"
              + key
              + "' for a record of "
              + batch
              + ": behind the decode step its key is "
              + KEY);
    }
    Event event = event(exchange);
    Clock clock = metrics.registry().config().clock();
    long started = clock.monotonicTime();
    Claims.Answer answer = claims.claim(batch, event.record(), event.key(), event.payloadHash());
    metrics.took("deduplicate", Duration.ofNanos(clock.monotonicTime() - started));
    metrics.count("wadi.claims.answered", "answer", answer.getClass().getSimpleName(), 1);
    exchange.setProperty(ExchangeProperty.CLAIM, answer);
    return answer instanceof Claims.Fresh || answer instanceof Claims.InFlight;
  }

  /**
   * @throws SetupException in the pipeline, where only asking and claiming in one step is safe
   */
  @Override
  public boolean contains(Exchange exchange, String key) {
    if (batch(exchange) != null) {
      throw new SetupException("idempotentConsumer must be eager (its default) in the pipeline");
    }
    return routeKeys.contains(key);
  }

  /** In the pipeline: gives up the claim of a record that is no candidate, if it holds it. */
  @Override
  public boolean remove(Exchange exchange, String key) {
    Batch batch = batch(exchange);
    if (batch == null) {
      return routeKeys.remove(key, RouteOwner.of(exchange, key));
    }
    // a completion that was handed on may come with an exchange about another record, or about none
    if (isAbout(exchange, key)) {
      Event event = event(exchange);
      boolean mayLand = batch.account().outcome(event.record()) instanceof Outcome.Candidate;
      if (!mayLand) {
        claims.release(batch, event.record(), event.key());
        return true;
      }
    }
    return false;
  }

  /** In the pipeline: does nothing. */
  @Override
  public boolean confirm(Exchange exchange, String key) {
    return batch(exchange) == null && routeKeys.confirm(key, RouteOwner.of(exchange, key));
  }

  @Override
  public boolean add(String key) {
    return routeKeys.add(key, NOBODY);
  }

  @Override
  public boolean contains(String key) {
    return routeKeys.contains(key);
  }

  @Override
  public boolean remove(String key) {
    return routeKeys.remove(key);
  }

  @Override
  public boolean confirm(String key) {
    return routeKeys.confirm(key);
  }

  /** Forgets the keys of users' own routes; claims stay. */
  @Override
  public void clear() {
    routeKeys.clear();
  }

  private static boolean isAbout(Exchange exchange, String key) {
    Event event = event(exchange);
    return event != null && event.key().hex().equals(key);
  }

  private static Batch batch(Exchange exchange) {
    return exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
  }

  private static Event event(Exchange exchange) {
    return exchange.getProperty(ExchangeProperty.EVENT, Event.class);
  }

  /**
   * Who added a key of a user's route: an exchange. Noted in a property of it, which goes along
   * when its completion is handed on to a copy, by {@code seda} for one; the copy then may confirm
   * and remove. A copy that asks for itself, such as a part of a split, is an owner of its own.
   */
  private record RouteOwner(String exchangeId) {

    static RouteOwner become(Exchange exchange, String key) {
      RouteOwner owner = new RouteOwner(exchange.getExchangeId());
      exchange.setProperty(property(key), owner);
      return owner;
    }

    static RouteOwner of(Exchange exchange, String key) {
      RouteOwner noted = exchange.getProperty(property(key), RouteOwner.class);
      return noted == null ? new RouteOwner(exchange.getExchangeId()) : noted;
    }

    private static String property(String key) {
      return "WadiRouteKey:" + key;
    }
  }
}
