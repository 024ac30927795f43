package dev.wadi.land;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON of what the lake says of itself: intents, markers, epochs, compactions, the schema, and
 * the notes of feeds.
 */
public final class LakeJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // a newer Wadi may have written more
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private LakeJson() {}

  /** The JSON of a record, in UTF-8. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads an object.
   *
   * @param key names the object, for the error
   * @throws SetupException if it is damaged: no fault of the events that wait for what it says
   */
  static <T> T read(String key, byte[] bytes, Class<T> type) {
    return read(
        key,
        bytes,
        type,
        "put it back as it was, from the bucket's versions or a copy of the lake; until then nothing"
            + " that depends on it lands");
  }

  /**
   * Reads an object.
   *
   * @param key names the object, for the error
   * @param mend what to do if it is damaged
   * @throws SetupException if it is
   */
  public static <T> T read(String key, byte[] bytes, Class<T> type, String mend) {
    try {
      T value = MAPPER.readValue(bytes, type);
      if (value == null) {
        throw new IOException("it is null");
      }
      return value;
    } catch (IOException e) {
      throw new SetupException(key + " in the lake is damaged: " + mend, e);
    }
  }
}
