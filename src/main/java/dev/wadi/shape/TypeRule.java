package dev.wadi.shape;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Where the type of an event stands and how it is split. Thread-safe; remembers the types it has
 * seen, which are few, but never more than {@value #REMEMBERED}.
 */
public final class TypeRule {

  private static final int REMEMBERED = 10_000;

  /**
   * The type becomes the folder {@code event_type=<type>}, percent-encoded, and file systems allow
   * 255 bytes for a name.
   */
  private static final int MAX_ENCODED_BYTES = 240;

  private final JsonPath path;
  private final List<TypeForm> forms;
  private final ConcurrentMap<String, EventType> known = new ConcurrentHashMap<>();

  TypeRule(JsonPath path, List<TypeForm> forms) {
    this.path = path;
    this.forms = List.copyOf(forms);
  }

  public JsonPath path() {
    return path;
  }

  /**
   * What a type says, by the first form that it has; by itself where the shape has no forms.
   *
   * @return null if it has none of the forms, or is nothing that a partition should be named by:
   *     characters other than letters, digits, spaces and {@code ._-:/@+}, a space at an end, an
   *     empty, {@code .} or {@code ..} segment, or too long
   */
  public EventType read(String text) {
    EventType type = known.get(text);
    if (type == null) {
      type = split(text);
      if (type != null && known.size() < REMEMBERED) {
        known.put(text, type);
      }
    }
    return type;
  }

  /** What a type must be, for messages. */
  public String wanted() {
    return forms.isEmpty()
        ? "a type of letters, digits, spaces and ._-:/@+"
        : "a type of the form "
            + forms.stream().map(form -> form.form().text()).collect(Collectors.joining(" or "));
  }

  private EventType split(String text) {
    if (!isName(text)) {
      return null;
    }
    if (forms.isEmpty()) {
      return new EventType(text, null, Map.of());
    }
    for (TypeForm form : forms) {
      EventType type = form.read(text);
      if (type != null) {
        return isName(type.type()) ? type : null;
      }
    }
    return null;
  }

  private static boolean isName(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!Character.isLetterOrDigit(c) && " ._-:/@+".indexOf(c) < 0) {
        return false;
      }
      bytes += encodedBytes(c);
      i += Character.charCount(c);
    }
    return bytes > 0
        && bytes <= MAX_ENCODED_BYTES
        && text.equals(text.strip())
        && hasGoodSegments(text);
  }

  private static boolean hasGoodSegments(String text) {
    for (String segment : text.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static int encodedBytes(int c) {
    if (c >= 0x80) {
      return 3 * (c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
    }
    return Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0 ? 1 : 3;
  }
}
