package dev.wadi.simulator;

import dev.wadi.simulator.JsonText.Members;

/**
 * Something that is going to happen to a change at a moment of the simulation, and the event that
 * tells of it. Complete once the story that it belongs to is told.
 */
final class Step {

  /** What the step does to the factory when its moment has come. */
  interface Happening {
    /** Does it, and says which event tells of it. */
    EventType happen();
  }

  private static final Members NOTHING = json -> {};

  private final long at;
  private final String id;
  private final String chain;
  private final String source;
  private final String subject;
  private final Happening happening;
  private Members content = NOTHING;
  private Members customData;
  private Step cause;
  private String relation;
  private Step related;
  private boolean last;

  Step(long at, String id, String chain, String source, String subject, Happening happening) {
    this.at = at;
    this.id = id;
    this.chain = chain;
    this.source = source;
    this.subject = subject;
    this.happening = happening;
  }

  /** The members of {@code subject.content}. */
  Step content(Members members) {
    content = members;
    return this;
  }

  /** The members of {@code customData}. */
  Step customData(Members members) {
    customData = members;
    return this;
  }

  /** The step that led to this one. */
  Step after(Step step) {
    cause = step;
    return this;
  }

  /** A step that this one has to do with in another way. */
  Step relatedTo(Step step, String kind) {
    related = step;
    relation = kind;
    return this;
  }

  /** Marks the last step of its chain. */
  void end() {
    last = true;
  }

  /** Milliseconds of the simulation. */
  long at() {
    return at;
  }

  /** Lets the step happen and writes its event. Called once, in the order of the simulation. */
  void tell(JsonText json, String timestamp) {
    EventType type = happening.happen();
    json.open().open("context");
    json.plain("specversion", "0.5.1").plain("id", id).text("source", source);
    json.plain("type", type.text()).plain("timestamp", timestamp).plain("chainId", chain);
    if (cause != null) {
      writeLinks(json);
    }
    json.close();
    json.open("subject").text("id", subject).text("source", source);
    json.open("content").members(content).close().close();
    if (customData != null) {
      json.open("customData").members(customData).close();
      json.plain("customDataContentType", "application/json");
    }
    json.close();
  }

  private void writeLinks(JsonText json) {
    json.openArray("links");
    json.open().plain("linkType", last ? "END" : "PATH");
    json.open("from").plain("contextId", cause.id).close().close();
    if (related != null) {
      json.open().plain("linkType", "RELATION").plain("linkKind", relation);
      json.open("target").plain("contextId", related.id).close().close();
    }
    json.closeArray();
  }
}
