package dev.wadi.tap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Puts a point in front of every node of every route, from which a tap may look at what comes to
 * the node. What is looked at is never changed, and a stream is not read.
 */
public final class TappedNodes implements InterceptStrategy {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** More than this is not parsed for somebody who only looks. */
  private static final int MOST_PARSED = 1 << 20;

  /** Of each route, as it was made last, its nodes. */
  private final Map<String, Made> routes = new ConcurrentHashMap<>();

  /** Those of error handling for several routes. */
  private final Set<String> ofSeveral = ConcurrentHashMap.newKeySet();

  private final Taps taps = new Taps(this::isThere);
  private volatile CamelContext camel;

  Taps taps() {
    return taps;
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode node, Processor target, Processor next) {
    TapPoint point = taps.point(node.getId());
    RouteDefinition route = route(node);
    camel = context;
    if (route == null) {
      ofSeveral.add(node.getId());
    } else {
      routes
          .compute(route.getRouteId(), (id, last) -> Made.by(route, last))
          .nodes
          .add(node.getId());
      // error handling is an output too, which stands before all others and is no step
      route.getOutputs().stream()
          .filter(output -> !output.isAbstract())
          .findFirst()
          .ifPresent(first -> taps.begins(route.getRouteId(), first.getId()));
    }
    return new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        if (point.isOpen()) {
          point.pass(() -> passed(exchange));
        }
        return super.process(exchange, callback);
      }
    };
  }

  /** The route of a node; null where error handling stands for several. */
  private static RouteDefinition route(NamedNode node) {
    NamedNode at = node;
    while (at != null && !(at instanceof RouteDefinition)) {
      at = at.getParent();
    }
    return (RouteDefinition) at;
  }

  private boolean isThere(String node) {
    return ofSeveral.contains(node)
        || routes.entrySet().stream()
            .anyMatch(
                route ->
                    route.getValue().nodes.contains(node)
                        && camel.getRoute(route.getKey()) != null);
  }

  /** A route's nodes, by one definition. */
  private record Made(RouteDefinition definition, Set<String> nodes) {

    /** That of a definition: the last one, if it was made by the same. */
    static Made by(RouteDefinition definition, Made last) {
      return last != null && last.definition == definition
          ? last
          : new Made(definition, ConcurrentHashMap.newKeySet());
    }
  }

  private static Passed passed(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    SourceRecord record =
        body instanceof SourceRecord undecoded
            ? undecoded
            : exchange.getProperty(ExchangeProperty.RECORD, SourceRecord.class);
    return new Passed(
        json(body),
        record == null ? null : record.source(),
        record == null ? null : record.position());
  }

  /** A copy, since the steps behind go on with what is looked at. */
  static JsonNode json(Object body) {
    if (body instanceof JsonNode node) {
      return node.deepCopy();
    }
    if (body instanceof SourceRecord record) {
      return json(record.bytes());
    }
    if (body instanceof byte[] bytes) {
      return parsed(new String(bytes, StandardCharsets.UTF_8));
    }
    if (body instanceof String text) {
      return parsed(text);
    }
    if (body instanceof Batch batch) {
      ObjectNode about = JSON.createObjectNode();
      return about
          .put("batch", batch.sequence())
          .put("source", batch.source())
          .put("records", batch.size());
    }
    if (body instanceof Map<?, ?> map) {
      ObjectNode columns = JSON.createObjectNode();
      map.forEach((name, value) -> columns.set(String.valueOf(name), column(value)));
      return columns;
    }
    return body == null
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.textNode("(" + body.getClass().getName() + ")");
  }

  private static JsonNode column(Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return JSON.valueToTree(value);
    }
    return JsonNodeFactory.instance.textNode(
        value instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8)
            : String.valueOf(value));
  }

  private static JsonNode parsed(String text) {
    if (text.length() <= MOST_PARSED) {
      try {
        JsonNode node = JSON.readTree(text);
        if (node.isContainerNode()) {
          return node;
        }
      } catch (IOException e) {
        return JsonNodeFactory.instance.textNode(text);
      }
    }
    return JsonNodeFactory.instance.textNode(text);
  }
}
