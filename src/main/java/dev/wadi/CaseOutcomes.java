package dev.wadi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.cases.LandedRows;
import dev.wadi.deadletter.DeadLetterRow;
import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Notes each batch that comes into a route, and reads what became of it from its account. */
final class CaseOutcomes implements RoutePolicyFactory {

  private static final String DEAD_LETTERS = "dead_letters";

  private final Map<Batch, Boolean> batches = Collections.synchronizedMap(new IdentityHashMap<>());
  private volatile Throwable failure;

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeBegin(Route begun, Exchange exchange) {
        Batch batch = exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
        if (batch != null) {
          batches.put(batch, true);
        }
      }

      @Override
      public void onExchangeDone(Route ended, Exchange exchange) {
        if (exchange.getException() != null) {
          failure = exchange.getException();
        }
      }
    };
  }

  /** What failed last, in one line. */
  Optional<String> lastFailure() {
    return Optional.ofNullable(failure).map(CaseOutcomes::line);
  }

  /** The tables that something has landed in. */
  Set<String> tables() {
    Set<String> tables = new LinkedHashSet<>();
    for (Outcome outcome : outcomes()) {
      if (outcome instanceof Outcome.Landed) {
        tables.add("events");
      } else if (outcome instanceof Outcome.Duplicate) {
        tables.add("duplicates");
      } else if (outcome instanceof Outcome.Conflict) {
        tables.add("conflicts");
      }
    }
    return tables;
  }

  /** How many events were dropped, by reason. */
  Map<String, Integer> dropped() {
    Map<String, Integer> dropped = new TreeMap<>();
    for (Outcome outcome : outcomes()) {
      if (outcome instanceof Outcome.Filtered filtered) {
        dropped.merge(filtered.reason(), 1, Integer::sum);
      }
    }
    return dropped;
  }

  /** The rows of dead letters, those that the queue has; with the original bytes as text. */
  Map<String, List<Map<String, JsonNode>>> deadLetters() {
    List<Map<String, JsonNode>> rows = new ArrayList<>();
    for (Outcome outcome : outcomes()) {
      if (outcome instanceof Outcome.DeadLettered letter) {
        rows.add(row(letter.rejected()));
      }
    }
    Map<String, List<Map<String, JsonNode>>> tables = new HashMap<>();
    tables.put(DEAD_LETTERS, rows);
    return tables;
  }

  private static Map<String, JsonNode> row(Rejected rejected) {
    Map<String, JsonNode> row = new LinkedHashMap<>();
    DeadLetterRow.of(
            rejected,
            "given-dlq",
            (key, bytes) -> {
              // its text stands in the row as it is
            })
        .columns()
        .forEach((name, value) -> row.put(name, LandedRows.json(value)));
    row.put("text", LandedRows.json(new String(rejected.record().bytes(), StandardCharsets.UTF_8)));
    return row;
  }

  private List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    synchronized (batches) {
      List<Batch> inOrder = new ArrayList<>(batches.keySet());
      inOrder.sort(Comparator.comparingLong(Batch::sequence));
      for (Batch batch : inOrder) {
        for (SourceRecord record : batch.records()) {
          Outcome outcome = batch.account().outcome(record);
          if (outcome != null && batch.account().isClosed()) {
            outcomes.add(outcome);
          }
        }
      }
    }
    return outcomes;
  }

  /** A failure and what caused it first, in one line. */
  static String line(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String text = message == null ? root.toString() : message;
    return text.strip().replaceAll("\\s+", " ");
  }
}
