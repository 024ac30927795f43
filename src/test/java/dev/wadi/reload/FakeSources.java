package dev.wadi.reload;

import dev.wadi.intake.Source;
import dev.wadi.intake.SourceConsumer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** {@code fake:NAME}: sources that hand over what a test does, and note what is asked of them. */
final class FakeSources extends DefaultComponent {

  /** What was asked of all, such as {@code pause NAME}. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** Names of those that end in an error when they are opened, for want of a class. */
  final Set<String> unfit = ConcurrentHashMap.newKeySet();

  /** Those that there are, by name. */
  final Map<String, SourceConsumer> consumers = new ConcurrentHashMap<>();

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
    return new DefaultEndpoint(uri, this) {
      @Override
      public Producer createProducer() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Consumer createConsumer(Processor processor) {
        SourceConsumer consumer =
            new SourceConsumer(this, processor) {
              @Override
              protected Source open() {
                if (unfit.contains(name)) {
                  throw new NoClassDefFoundError("a class of " + name + " is not there");
                }
                return source(name);
              }
            };
        consumers.put(name, consumer);
        return consumer;
      }
    };
  }

  private Source source(String name) {
    return new Source() {
      @Override
      public void start() {
        asked.add("start " + name);
      }

      @Override
      public void pause() {
        asked.add("pause " + name);
      }

      @Override
      public void resume() {
        asked.add("resume " + name);
      }

      @Override
      public void stop() {
        asked.add("stop " + name);
      }
    };
  }
}
