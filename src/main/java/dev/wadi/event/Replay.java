package dev.wadi.event;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A dead letter on its way back to the queue that events come from. Its message names the dead
 * letter in attributes, and whoever receives it recomputes the id from them and the bytes: so it is
 * a replay only if the bytes are the original ones, and anything else is a message like all others.
 *
 * <p>What it brings counts for a source of its own, {@code replay:<queue>}, since it was received
 * before. A record's position there is {@code <message id>#<dead letter id>}, with {@code .<index>}
 * behind it where the dead letter was a whole message of several events.
 */
public final class Replay {

  /** The attribute with the dead letter's id. */
  public static final String OF = "wadi_replay_of";

  /** The attribute with the name of the source that had delivered it, percent-encoded. */
  public static final String SOURCE = "wadi_replay_source";

  /** The attribute with its position there, percent-encoded. */
  public static final String POSITION = "wadi_replay_position";

  /** The attribute that says what the body is where it isn't the bytes themselves. */
  public static final String BODY = "wadi_replay_body";

  /** The body is the bytes in base 64. */
  public static final String BASE64 = "base64";

  /** The body is the key of the object that holds the bytes. */
  public static final String OBJECT = "object";

  /** The attribute that is there if the dead letter is a whole message, which was not read. */
  public static final String UNREAD = "wadi_replay_unread";

  private static final String PREFIX = "replay:";
  private static final String KEY_SPACE = "dead_letter";

  private Replay() {}

  /** The id of a record's dead letter: the same record always has the same. */
  public static String idOf(String source, String position, byte[] bytes) {
    // Latin-1 gives every byte a character of its own, so different bytes are different texts
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return EventKey.of(KEY_SPACE, source, position, text).hex();
  }

  /** The id of the dead letter that a record is or would be. */
  public static String idOf(SourceRecord record) {
    if (!isSource(record.source())) {
      return idOf(record.source(), record.position(), record.bytes());
    }
    String letter = letterOf(record.position());
    int index = record.position().indexOf('.', record.position().indexOf('#'));
    return index < 0
        ? letter
        // the same event of the same dead letter, by whatever message it came this time
        : idOf(record.source(), letter + record.position().substring(index), record.bytes());
  }

  /** The name of the source that replays into a queue count for. */
  public static String source(String queue) {
    return PREFIX + queue;
  }

  /** Whether a source's records were received before. */
  public static boolean isSource(String source) {
    return source.startsWith(PREFIX);
  }

  /** The id of the dead letter that a replayed record was, or was in. */
  public static String letterOf(String position) {
    String letter = position.substring(position.indexOf('#') + 1);
    int index = letter.indexOf('.');
    return index < 0 ? letter : letter.substring(0, index);
  }

  /** The position of the one record of a replay. */
  public static String position(String letter, String messageId) {
    return messageId + "#" + letter;
  }

  /** The attributes of a message that replays a dead letter, but for its body's form. */
  public static Map<String, String> attributes(String letter, String source, String position) {
    return Map.of(OF, letter, SOURCE, encoded(source), POSITION, encoded(position));
  }

  /**
   * The id of the dead letter that a message replays.
   *
   * @param attributes the message's
   * @param bytes what it brings
   * @return empty if the attributes name none, or another than these bytes were
   */
  public static Optional<String> verified(Map<String, String> attributes, byte[] bytes) {
    String letter = attributes.get(OF);
    String source = attributes.get(SOURCE);
    String position = attributes.get(POSITION);
    if (letter == null || source == null || position == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(letter)
          .filter(id -> id.equals(idOf(decoded(source), decoded(position), bytes)));
    } catch (IllegalArgumentException notPercentEncoded) {
      return Optional.empty();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
