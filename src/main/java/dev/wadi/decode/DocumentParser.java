package dev.wadi.decode;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wadi.decode.Parsed.Fault;
import dev.wadi.event.JsonParsers;
import dev.wadi.shape.PathTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Parses bytes in one pass to a document and its hash, within limits. Thread-safe.
 *
 * <p>The parser's own limits are set out of the way, since ours come first and say where.
 */
final class DocumentParser {

  /** The longest text of an integer of 64 bits, {@code -9223372036854775808}. */
  private static final int MAX_INTEGER_LENGTH = 20;

  private final JsonParsers parsers;
  private final DecodeLimits limits;
  private final PathTree ignoredInHash;
  private final NameHashes nameHashes = new NameHashes();

  /**
   * @param ignoredInHash paths to leave out of the hash; null for none
   */
  DocumentParser(DecodeLimits limits, PathTree ignoredInHash) {
    this.limits = limits;
    this.ignoredInHash = ignoredInHash;
    this.parsers = new JsonParsers(limits.maxDepth() + 1);
  }

  /** The document that the bytes are, or what is wrong with them. */
  Parsed parse(byte[] bytes) {
    Fault fault = ByteCheck.check(bytes, limits.maxBytes());
    if (fault != null) {
      return fault;
    }
    DocumentBuilder document = new DocumentBuilder(ignoredInHash);
    boolean complete = false;
    try (JsonParser parser = parsers.of(bytes)) {
      fault = readObject(parser, document);
      complete = fault == null;
      if (complete && parser.nextToken() != null) {
        fault = trailing(parser.currentTokenLocation());
      }
    } catch (IOException e) {
      parsers.failedAt(bytes);
      // the bytes are in memory, so it is what they say that fails
      fault = complete ? trailing(location(e)) : notJson(e);
    }
    return fault == null ? document.document() : fault;
  }

  private Fault readObject(JsonParser parser, DocumentBuilder document) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return new Fault(Reason.EMPTY, null, "there is nothing to read");
    }
    if (token != JsonToken.START_OBJECT) {
      return new Fault(
          Reason.NOT_AN_OBJECT, null, "an event is a JSON object; this starts with " + token);
    }
    document.openObject();
    int values = 1;
    while (document.depth() > 0) {
      token = parser.nextToken();
      if (token != JsonToken.FIELD_NAME && !token.isStructEnd() && ++values > limits.maxValues()) {
        return new Fault(
            Reason.TOO_LARGE,
            "values",
            "the event has more than " + limits.maxValues() + " values");
      }
      Fault fault = take(parser, token, document);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private Fault take(JsonParser parser, JsonToken token, DocumentBuilder document)
      throws IOException {
    return switch (token) {
      case FIELD_NAME -> name(parser.currentName(), document);
      case START_OBJECT -> checkDepth(document, document.openObject());
      case START_ARRAY -> checkDepth(document, document.openArray());
      case END_OBJECT, END_ARRAY -> {
        document.close();
        yield null;
      }
      case VALUE_STRING -> text(parser, document);
      case VALUE_NUMBER_INT -> integer(parser, document);
      case VALUE_NUMBER_FLOAT -> decimal(parser, document);
      case VALUE_TRUE -> checkName(document, document.add(BooleanNode.TRUE, PayloadHash.TRUE));
      case VALUE_FALSE -> checkName(document, document.add(BooleanNode.FALSE, PayloadHash.FALSE));
      case VALUE_NULL -> checkName(document, document.add(NullNode.instance, PayloadHash.NULL));
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no parser of bytes gives " + token);
    };
  }

  private Fault name(String name, DocumentBuilder document) {
    NameHashes.Entry known = nameHashes.find(name);
    if (known != null) {
      document.name(name, known.hash());
      return null;
    }
    parsers.met(name);
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    long hash = PayloadHash.text(utf8);
    document.name(name, hash);
    Fault fault = checkLength(utf8.length, document);
    if (fault == null) {
      nameHashes.add(name, hash);
    }
    return fault;
  }

  private Fault text(JsonParser parser, DocumentBuilder document) throws IOException {
    char[] characters = parser.getTextCharacters();
    int from = parser.getTextOffset();
    int length = parser.getTextLength();
    int utf8Length = length;
    long hash;
    if (Unicode.isAscii(characters, from, length)) {
      hash = PayloadHash.ascii(characters, from, length);
    } else if (Unicode.isWhole(characters, from, length)) {
      byte[] utf8 = parser.getText().getBytes(StandardCharsets.UTF_8);
      utf8Length = utf8.length;
      hash = PayloadHash.text(utf8);
    } else {
      // an escape can make one; in names the parser refuses it
      return new Fault(
          Reason.INVALID_UTF8,
          document.path(),
          document.path() + " has half of a surrogate pair, which is no character");
    }
    Fault fault = checkLength(utf8Length, document);
    return fault != null
        ? fault
        : checkName(document, document.add(TextNode.valueOf(parser.getText()), hash));
  }

  private Fault integer(JsonParser parser, DocumentBuilder document) throws IOException {
    if (parser.getTextLength() > MAX_INTEGER_LENGTH
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return new Fault(
          Reason.NUMBER_OUT_OF_RANGE,
          document.path(),
          document.path() + " is an integer beyond 64 bits: send it as text");
    }
    long value = parser.getLongValue();
    return checkName(document, document.add(LongNode.valueOf(value), PayloadHash.integer(value)));
  }

  private Fault decimal(JsonParser parser, DocumentBuilder document) throws IOException {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      return new Fault(
          Reason.NUMBER_OUT_OF_RANGE,
          document.path(),
          document.path() + " is beyond what a 64-bit decimal holds: send it as text");
    }
    return checkName(document, document.add(DoubleNode.valueOf(value), PayloadHash.decimal(value)));
  }

  private Fault checkLength(int utf8Length, DocumentBuilder document) {
    return utf8Length <= limits.maxStringBytes()
        ? null
        : new Fault(
            Reason.STRING_TOO_LONG,
            document.path(),
            document.path()
                + " has a text or a name of "
                + utf8Length
                + " bytes; at most "
                + limits.maxStringBytes()
                + " are taken");
  }

  private Fault checkDepth(DocumentBuilder document, boolean fresh) {
    return document.depth() > limits.maxDepth()
        ? new Fault(Reason.TOO_DEEP, null, "nested deeper than " + limits.maxDepth() + " levels")
        : checkName(document, fresh);
  }

  private static Fault checkName(DocumentBuilder document, boolean fresh) {
    return fresh
        ? null
        : new Fault(
            Reason.DUPLICATE_MEMBER,
            document.path(),
            document.path() + " is there twice in its object");
  }

  private static Fault notJson(IOException e) {
    String what = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
    return new Fault(
        Reason.NOT_JSON, null, "not JSON at byte " + offset(location(e)) + ": " + Shown.text(what));
  }

  private static Fault trailing(JsonLocation where) {
    return new Fault(
        Reason.TRAILING_CONTENT,
        null,
        "something follows the event at byte " + offset(where) + ": send one object a record");
  }

  private static JsonLocation location(IOException e) {
    return e instanceof JacksonException json ? json.getLocation() : null;
  }

  private static long offset(JsonLocation where) {
    return where == null ? -1 : where.getByteOffset();
  }
}
