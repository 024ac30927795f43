package dev.wadi.simulator;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The ways in which a sender spoils an event so that nobody can take it for one. */
enum Malformation {
  TRUNCATED(false) {
    @Override
    byte[] spoil(byte[] event, Scenario scenario, Dice dice) {
      return Arrays.copyOf(event, dice.between(1, event.length - 1));
    }
  },
  NOT_JSON(false) {
    @Override
    byte[] spoil(byte[] event, Scenario scenario, Dice dice) {
      return text(
          dice.pick(List.of("build finished: success", "<event id='1'/>", "{id: 7}", "NaN")));
    }
  },
  /** A scalar; an array would be taken for a list of events. */
  NOT_AN_OBJECT(true) {
    @Override
    byte[] spoil(byte[] event, Scenario scenario, Dice dice) {
      return text(dice.pick(List.of("42", "\"build.finished\"", "true", "null")));
    }
  },
  NO_ID(true) {
    @Override
    void spoil(ObjectNode event, Scenario scenario, Dice dice) {
      parent(event, scenario.id()).remove(last(scenario.id()));
    }
  },
  NO_TYPE(true) {
    @Override
    void spoil(ObjectNode event, Scenario scenario, Dice dice) {
      parent(event, scenario.type()).remove(last(scenario.type()));
    }
  },
  BAD_TIMESTAMP(true) {
    @Override
    void spoil(ObjectNode event, Scenario scenario, Dice dice) {
      List<String> times = List.of("yesterday", "2026-13-45T99:99:99Z", "", "11/02/26 4pm");
      parent(event, scenario.time()).put(last(scenario.time()), dice.pick(times));
    }
  },
  WRONG_FIELD_TYPE(true) {
    @Override
    void spoil(ObjectNode event, Scenario scenario, Dice dice) {
      switch (dice.between(1, 3)) {
        case 1 ->
            event.put(first(scenario.time()), true).put(first(scenario.id()), "build.finished");
        case 2 -> parent(event, scenario.id()).putObject(last(scenario.id())).put("value", 7);
        default ->
            parent(event, scenario.type()).putArray(last(scenario.type())).add("build.finished");
      }
    }
  },
  PATH_IN_TYPE(true) {
    @Override
    void spoil(ObjectNode event, Scenario scenario, Dice dice) {
      String type = event.at(scenario.type()).textValue();
      String inside = "dev.cdevents.";
      String path =
          type.startsWith(inside) ? type.replace(inside, inside + "../../") : "../../" + type;
      parent(event, scenario.type()).put(last(scenario.type()), path);
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
  byte[] spoil(byte[] event, Scenario scenario, Dice dice) {
    ObjectNode tree = JsonTree.read(event);
    spoil(tree, scenario, dice);
    return JsonTree.write(tree);
  }

  void spoil(ObjectNode event, Scenario scenario, Dice dice) {
    throw new UnsupportedOperationException(name() + " spoils bytes");
  }

  private static ObjectNode parent(ObjectNode event, JsonPointer member) {
    return (ObjectNode) event.at(member.head());
  }

  private static String last(JsonPointer member) {
    return member.last().getMatchingProperty();
  }

  private static String first(JsonPointer member) {
    return member.getMatchingProperty();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
