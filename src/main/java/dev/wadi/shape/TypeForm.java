package dev.wadi.shape;

import java.util.HashMap;
import java.util.Map;

/**
 * One form that the type of an event can have, and what becomes of it.
 *
 * @param form to take the text apart with
 * @param type puts the type together
 * @param subtype puts the subtype together; null for none
 */
record TypeForm(Template form, Template type, Template subtype) {

  /** What this text says, or null if it isn't of this form. */
  EventType read(String text) {
    Map<String, String> parts = new HashMap<>();
    if (!form.match(text, parts)) {
      return null;
    }
    return new EventType(
        type.fill(parts::get), subtype == null ? null : subtype.fill(parts::get), parts);
  }
}
