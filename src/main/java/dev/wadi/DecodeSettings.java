package dev.wadi;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the configuration says of decoding, as its stage wants it. */
final class DecodeSettings {

  private DecodeSettings() {}

  /** How large an event may be. */
  static DecodeLimits limits(Settings settings) {
    return new DecodeLimits(
        (int) settings.number(Setting.DECODE_MAX_EVENT_SIZE),
        settings.count(Setting.DECODE_MAX_DEPTH),
        (int) settings.number(Setting.DECODE_MAX_STRING_LENGTH),
        DecodeLimits.DEFAULT.maxValues());
  }

  /** The settings that shape files refer to, by name. */
  static Map<String, String> ofShapes(Settings settings) {
    return Stream.of(
            Setting.SHAPE_JSON_ID_PATH,
            Setting.SHAPE_JSON_TYPE_PATH,
            Setting.SHAPE_JSON_TIME_PATH,
            Setting.SHAPE_JSON_TIME_FORMAT,
            Setting.SHAPE_JSON_SOURCE_PATH)
        .collect(Collectors.toMap(Setting::property, settings::text));
  }
}
