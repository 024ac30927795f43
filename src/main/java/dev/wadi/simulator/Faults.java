package dev.wadi.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.simulator.Emission.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes faulty emissions out of events that were emitted a short while ago. */
final class Faults {

  private static final int MEMORY = 1_000;

  private final Scenario scenario;
  private final Dice dice;
  private final byte[][] recent = new byte[MEMORY][];
  private long remembered;

  Faults(Scenario scenario, Dice dice) {
    this.scenario = scenario;
    this.dice = dice;
  }

  /** Keeps a valid event that is being emitted. */
  void remember(byte[] event) {
    recent[(int) (remembered++ % MEMORY)] = event;
  }

  /** Whether there is an event yet that a fault can be made of. */
  boolean isPossible() {
    return remembered > 0;
  }

  /** A recent event, one time in four with the members of its objects in reverse order. */
  Emission duplicate() {
    byte[] event = pick();
    if (dice.chance(0.25)) {
      event = JsonTree.write(reversed(JsonTree.read(event)));
    }
    return new Emission(event, Kind.DUPLICATE, true);
  }

  /** A recent event that says something else; valid in itself. */
  Emission conflict() {
    ObjectNode event = JsonTree.read(pick());
    event.withObject(scenario.corrected()).put("correction", dice.below(Long.MAX_VALUE));
    return new Emission(JsonTree.write(event), Kind.CONFLICT, true);
  }

  /** What is left of a recent event after something went wrong in its sender. */
  Emission malformed() {
    Malformation malformation = dice.pick(Malformation.ALL);
    return new Emission(
        malformation.spoil(pick(), scenario, dice), Kind.MALFORMED, malformation.isJson());
  }

  private byte[] pick() {
    return recent[(int) dice.below(Math.min(remembered, MEMORY))];
  }

  private static ObjectNode reversed(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    Collections.reverse(names);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (String name : names) {
      JsonNode value = object.get(name);
      result.set(name, value instanceof ObjectNode inner ? reversed(inner) : value);
    }
    return result;
  }
}
