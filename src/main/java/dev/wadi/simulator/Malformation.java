package dev.wadi.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The ways in which a sender spoils an event so that nobody can take it for one. */
enum Malformation {
  TRUNCATED(false) {
    @Override
    byte[] spoil(byte[] event, Dice dice) {
      return Arrays.copyOf(event, dice.between(1, event.length - 1));
    }
  },
  NOT_JSON(false) {
    @Override
    byte[] spoil(byte[] event, Dice dice) {
      return text(
          dice.pick(List.of("build finished: success", "<event id='1'/>", "{id: 7}", "NaN")));
    }
  },
  /** A scalar; an array would be taken for a list of events. */
  NOT_AN_OBJECT(true) {
    @Override
    byte[] spoil(byte[] event, Dice dice) {
      return text(dice.pick(List.of("42", "\"build.finished\"", "true", "null")));
    }
  },
  NO_ID(true) {
    @Override
    void spoil(ObjectNode event, Dice dice) {
      context(event).remove("id");
    }
  },
  NO_TYPE(true) {
    @Override
    void spoil(ObjectNode event, Dice dice) {
      context(event).remove("type");
    }
  },
  BAD_TIMESTAMP(true) {
    @Override
    void spoil(ObjectNode event, Dice dice) {
      List<String> times = List.of("yesterday", "2026-13-45T99:99:99Z", "", "11/02/26 4pm");
      context(event).put("timestamp", dice.pick(times));
    }
  },
  WRONG_FIELD_TYPE(true) {
    @Override
    void spoil(ObjectNode event, Dice dice) {
      switch (dice.between(1, 3)) {
        case 1 -> event.put("context", "build.finished");
        case 2 -> context(event).putObject("id").put("value", 7);
        default -> context(event).putArray("type").add("build.finished");
      }
    }
  },
  PATH_IN_TYPE(true) {
    @Override
    void spoil(ObjectNode event, Dice dice) {
      String type = context(event).get("type").textValue();
      context(event).put("type", type.replace("dev.cdevents.", "dev.cdevents.../../"));
    }
  };

  static final List<Malformation> ALL = List.of(values());

  private final boolean json;

  Malformation(boolean json) {
    this.json = json;
  }

  /** Whether what is left is JSON. */
  boolean isJson() {
    return json;
  }

  /** What is left of a valid event. */
  byte[] spoil(byte[] event, Dice dice) {
    ObjectNode tree = JsonTree.read(event);
    spoil(tree, dice);
    return JsonTree.write(tree);
  }

  void spoil(ObjectNode event, Dice dice) {
    throw new UnsupportedOperationException(name() + " spoils bytes");
  }

  private static ObjectNode context(ObjectNode event) {
    return (ObjectNode) event.get("context");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
