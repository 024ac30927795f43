package dev.wadi.ops;

import dev.wadi.event.SetupException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds names that look like settings and are none: a misspelt one must not be passed over. */
final class UnknownSettings {

  private UnknownSettings() {}

  /**
   * @throws SetupException for a property that starts with {@code wadi.} and is no setting, and for
   *     an environment variable that is off one by a letter or two. Other variables that start with
   *     {@code WADI_} are let be: Kubernetes sets some for a service named wadi.
   */
  static void refuse(List<SettingLayer> layers, Map<String, String> environment) {
    for (SettingLayer layer : layers) {
      for (String property : new TreeSet<>(layer.values().keySet())) {
        if (property.startsWith("wadi.") && Setting.named(property).isEmpty()) {
          throw new SetupException(
              String.format(
                  "unknown setting %s (%s): did you mean %s?",
                  property, layer.origin().apply(property), nearest(property).property()));
        }
      }
    }
    for (String variable : new TreeSet<>(environment.keySet())) {
      if (variable.startsWith("WADI_")) {
        Setting nearest = nearest(variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.'));
        int distance = distance(variable, nearest.environmentVariable());
        if (distance == 1 || distance == 2) {
          throw new SetupException(
              String.format(
                  "unknown environment variable %s: did you mean %s?",
                  variable, nearest.environmentVariable()));
        }
      }
    }
  }

  private static Setting nearest(String property) {
    String plain = property.replace('-', '.');
    return Arrays.stream(Setting.values())
        .min(Comparator.comparingInt(s -> distance(plain, s.property().replace('-', '.'))))
        .orElseThrow();
  }

  /** Levenshtein's: how many letters to add, remove or change. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
