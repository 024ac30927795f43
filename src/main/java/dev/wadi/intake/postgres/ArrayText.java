package dev.wadi.intake.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Makes JSON of an array as the server writes it, such as <code>{{1,NULL},{"a \"b\"",3}}</code>: of
 * each element what a column of its type would be.
 */
final class ArrayText {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]X");
  private static final DateTimeFormatter ZONED_TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]X");

  private final String text;
  private final String element;
  private final char delimiter;
  private final JsonGenerator json;
  private int at;

  private ArrayText(String text, String element, JsonGenerator json) {
    this.text = text;
    this.element = element;
    this.delimiter = element.equals("box") ? ';' : ',';
    this.json = json;
  }

  /**
   * Makes it.
   *
   * @param element the name of its elements' type, such as {@code int4}
   * @throws IllegalArgumentException if it is none
   */
  static String toJson(String text, String element) {
    StringWriter written = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(written)) {
      ArrayText array = new ArrayText(text, element, json);
      // bounds other than the usual stand before it: [0:1]={1,2}
      array.at = Math.max(0, text.indexOf('{'));
      array.list();
      if (array.at != text.length()) {
        throw array.broken();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
    return written.toString();
  }

  private void list() throws IOException {
    json.writeStartArray();
    take('{');
    while (peek() != '}') {
      if (peek() == '{') {
        list();
      } else if (peek() == '"') {
        element(quoted());
      } else {
        String plain = plain();
        if (plain.equals("NULL")) {
          json.writeNull();
        } else {
          element(plain);
        }
      }
      if (peek() != '}') {
        take(delimiter);
      }
    }
    take('}');
    json.writeEndArray();
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    take('"');
    while (peek() != '"') {
      if (peek() == '\\') {
        at++;
      }
      value.append(peek());
      at++;
    }
    take('"');
    return value.toString();
  }

  private String plain() {
    StringBuilder value = new StringBuilder();
    while (peek() != delimiter && peek() != '}') {
      if (peek() == '\\') {
        at++;
      }
      value.append(peek());
      at++;
    }
    return value.toString();
  }

  private void element(String value) throws IOException {
    switch (element) {
      case "int2", "int4", "int8", "oid", "float4", "float8" -> number(value);
      case "bool" -> json.writeBoolean(value.equals("t") || value.equals("true"));
      case "json", "jsonb" -> json.writeRawValue(value);
      case "bytea" ->
          json.writeString(
              Base64.getEncoder().encodeToString(HexFormat.of().parseHex(value.substring(2))));
      case "timestamp" -> json.writeString(value.replace(' ', 'T') + zulu(value));
      case "timestamptz" -> json.writeString(instant(value.replace(' ', 'T')));
      case "timetz" -> json.writeString(zonedTime(value));
      default -> json.writeString(value);
    }
  }

  private void number(String value) throws IOException {
    if (NUMBER.matcher(value).matches()) {
      json.writeNumber(value);
    } else {
      json.writeString(value);
    }
  }

  private static String zulu(String timestamp) {
    return Character.isDigit(timestamp.charAt(timestamp.length() - 1)) ? "Z" : "";
  }

  private static String instant(String value) {
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
          OffsetDateTime.parse(offset(value), INSTANT).withOffsetSameInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      // infinity, or a year of another era or of more than four digits: as the server writes it
      return value;
    }
  }

  private static String zonedTime(String value) {
    try {
      return DateTimeFormatter.ISO_OFFSET_TIME.format(
          OffsetTime.parse(offset(value), ZONED_TIME).withOffsetSameInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return value;
    }
  }

  /** The server writes +05:30, the pattern's X wants +0530. */
  private static String offset(String value) {
    return value.replaceAll("([+-]\\d\\d):(\\d\\d)$", "$1$2");
  }

  private char peek() {
    if (at >= text.length()) {
      throw broken();
    }
    return text.charAt(at);
  }

  private void take(char wanted) {
    if (peek() != wanted) {
      throw broken();
    }
    at++;
  }

  private IllegalArgumentException broken() {
    return new IllegalArgumentException("no array of PostgreSQL, at its character " + at);
  }
}
