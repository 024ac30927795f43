package dev.wadi.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A text with parts in braces, {@code dev.cdevents.{subject}.{predicate}.{version*}}: to take a
 * text apart with, or to put one together. A part with a star takes the rest of the text.
 */
final class Template {

  private final List<String> literals = new ArrayList<>();
  private final List<String> parts = new ArrayList<>();
  private boolean rest;

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static Template of(String text) {
    Template template = new Template(text);
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("a brace in '" + text + "' isn't closed: close it");
      }
      template.add(text.substring(at, open), text.substring(open + 1, close));
      at = close + 1;
    }
    template.literals.add(text.substring(at));
    if (template.rest && at < text.length()) {
      throw new IllegalArgumentException(
          "the part with a star in '" + text + "' takes the rest: let it stand last");
    }
    return template;
  }

  private void add(String literal, String part) {
    String name = part.endsWith("*") ? part.substring(0, part.length() - 1) : part;
    if (name.isEmpty() || parts.contains(name)) {
      throw new IllegalArgumentException(
          "the parts of '" + text + "' need names, each its own: {a}-{b}");
    }
    if (rest || (literal.isEmpty() && !parts.isEmpty())) {
      throw new IllegalArgumentException(
          "between two parts of '" + text + "' some text must stand: {a}-{b}");
    }
    literals.add(literal);
    parts.add(name);
    rest = part.endsWith("*");
  }

  String text() {
    return text;
  }

  List<String> parts() {
    return parts;
  }

  /**
   * Takes a text apart: puts the parts into the map and returns true, or returns false if the text
   * isn't of this form. A part ends where the text after it first occurs, and consists of letters,
   * digits, {@code _} and {@code -}; a rest may contain anything.
   */
  boolean match(String text, Map<String, String> into) {
    if (!text.startsWith(literals.get(0))) {
      return false;
    }
    int at = literals.get(0).length();
    for (int i = 0; i < parts.size(); i++) {
      String next = literals.get(i + 1);
      boolean last = i == parts.size() - 1;
      int end = last ? text.length() - next.length() : text.indexOf(next, at);
      if (end <= at || !text.startsWith(next, end)) {
        return false;
      }
      if (!(last && rest) && !isWord(text, at, end)) {
        return false;
      }
      into.put(parts.get(i), text.substring(at, end));
      at = end + next.length();
    }
    return at == text.length();
  }

  /** The text with these parts, or null if one of them is null. */
  String fill(Function<String, String> part) {
    StringBuilder text = new StringBuilder(literals.get(0));
    for (int i = 0; i < parts.size(); i++) {
      String value = part.apply(parts.get(i));
      if (value == null) {
        return null;
      }
      text.append(value).append(literals.get(i + 1));
    }
    return text.toString();
  }

  private static boolean isWord(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
