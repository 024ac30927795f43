package dev.wadi.ops;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds names that look like settings and are none: a misspelt one must not be passed over. */
final class UnknownSettings {

  private UnknownSettings() {}

  /**
   * Tells each property that starts with {@code wadi.} and is no setting, and each environment
   * variable that is off one by a letter or two. Other variables that start with {@code WADI_} are
   * let be: Kubernetes sets some for a service named wadi.
   */
  static void find(
      List<SettingLayer> layers,
      Map<String, String> environment,
      Consumer<SettingProblem> problems) {
    for (SettingLayer layer : layers) {
      for (String property : new TreeSet<>(layer.values().keySet())) {
        if (property.startsWith("wadi.") && Setting.named(property).isEmpty()) {
          problems.accept(
              new SettingProblem(
                  "unknown setting " + property,
                  layer.origin().apply(property),
                  "did you mean " + nearest(property).property() + "?"));
        }
      }
    }
    for (String variable : new TreeSet<>(environment.keySet())) {
      if (variable.startsWith("WADI_")) {
        Setting nearest = nearest(variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.'));
        int distance = Nearest.distance(variable, nearest.environmentVariable());
        if (distance == 1 || distance == 2) {
          problems.accept(
              new SettingProblem(
                  "unknown environment variable " + variable,
                  null,
                  "did you mean " + nearest.environmentVariable() + "?"));
        }
      }
    }
  }

  private static Setting nearest(String property) {
    String plain = property.replace('-', '.');
    return Arrays.stream(Setting.values())
        .min(Comparator.comparingInt(s -> Nearest.distance(plain, s.property().replace('-', '.'))))
        .orElseThrow();
  }
}
