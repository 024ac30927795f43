package dev.wadi.flatten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.wadi.event.ColumnType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a value of a document or of a row is to a column: first its natural form (String, Long,
 * Double, Boolean, Instant, or a number too large for these), then that form fitted to the column's
 * type.
 */
final class Value {

  /** Years that ISO 8601 writes with four digits, which every reader of timestamps can show. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Up to here a double is exactly the whole number that was written. */
  private static final double EXACT = 0x1p53;

  /** As JSON writes numbers. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Value() {}

  /** The natural form of JSON, null for null; an array or an object becomes its JSON text. */
  static Object of(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> ofNumber(node);
      case NULL, MISSING -> null;
      case POJO -> of(((POJONode) node).getPojo());
      case ARRAY, OBJECT, BINARY -> text(node);
    };
  }

  private static Object ofNumber(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
    }
    double number = node.doubleValue();
    return Double.isInfinite(number) && node.isBigDecimal() ? (Object) node.decimalValue() : number;
  }

  /** The natural form of what a step left in a row, null for null. */
  static Object of(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof Instant) {
      return value;
    }
    if (value instanceof JsonNode node) {
      return of(node);
    }
    if (value instanceof Number || value instanceof Map || value instanceof Collection) {
      return of(JSON.<JsonNode>valueToTree(value));
    }
    if (value instanceof Date date) {
      return Instant.ofEpochMilli(date.getTime());
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof ZonedDateTime time) {
      return time.toInstant();
    }
    return value.toString();
  }

  /** The type that a column gets from its first value. */
  static ColumnType typeOf(Object natural) {
    if (natural instanceof Long) {
      return ColumnType.BIGINT;
    }
    if (natural instanceof Double number && Double.isFinite(number)) {
      return ColumnType.DOUBLE;
    }
    if (natural instanceof Boolean) {
      return ColumnType.BOOLEAN;
    }
    return natural instanceof Instant ? ColumnType.TIMESTAMP : ColumnType.TEXT;
  }

  /** What a text means in a column of this type: the number or boolean in it, else the text. */
  static Object read(ColumnType type, String text) {
    return switch (type) {
      case BIGINT, DOUBLE -> NUMBER.matcher(text).matches() ? number(text) : text;
      case BOOLEAN ->
          text.equals("true") || text.equals("false") ? (Object) text.equals("true") : text;
      case TEXT, TIMESTAMP -> text;
    };
  }

  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notWholeOrTooLong) {
      return Double.valueOf(text);
    }
  }

  /** The value as the column takes it, or null if it does not fit. */
  static Object fit(ColumnType type, Object natural) {
    return switch (type) {
      case TEXT -> natural.toString();
      case BIGINT ->
          natural instanceof Double number ? wholeOrNull(number) : only(Long.class, natural);
      case DOUBLE -> doubleOrNull(natural);
      case BOOLEAN -> only(Boolean.class, natural);
      case TIMESTAMP -> instantOrNull(natural);
    };
  }

  /** Whether a column of whole numbers has to become one of doubles to take this value. */
  static boolean widens(ColumnType type, Object natural) {
    return type == ColumnType.BIGINT
        && natural instanceof Double number
        && Double.isFinite(number)
        && wholeOrNull(number) == null;
  }

  /** JSON text, as it stands in a text column. */
  static String text(JsonNode node) {
    return node.isBinary() ? node.asText() : node.toString();
  }

  private static Object only(Class<?> type, Object natural) {
    return type.isInstance(natural) ? natural : null;
  }

  /** JSON's 1.0 is the number 1. */
  private static Long wholeOrNull(double number) {
    boolean whole = Math.rint(number) == number && Math.abs(number) <= EXACT;
    return whole ? (Long) (long) number : null;
  }

  private static Double doubleOrNull(Object natural) {
    if (!(natural instanceof Number)) {
      return null;
    }
    double number = ((Number) natural).doubleValue();
    return Double.isFinite(number) ? (Double) number : null;
  }

  private static Instant instantOrNull(Object natural) {
    Instant instant =
        natural instanceof String text ? parse(text) : (Instant) only(Instant.class, natural);
    boolean fits = instant != null && !instant.isBefore(FIRST) && !instant.isAfter(LAST);
    return fits ? instant : null;
  }

  /** ISO 8601; without a zone it is UTC. */
  private static Instant parse(String text) {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException notATime) {
      return null;
    }
  }
}
