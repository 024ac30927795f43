package dev.wadi.fuzz;

import dev.wadi.event.RandomEvents;
import dev.wadi.simulator.FaultRates;
import dev.wadi.simulator.Simulator;
import dev.wadi.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Mutated inputs of one shape, without end: of random events in every style of JSON and, for
 * CDEvents, of every type in every version; of the simulator's events; and of the golden cases. The
 * same event is mutated several times, so that there are duplicates and conflicts. Equal seeds give
 * equal inputs.
 *
 * <p>Each input can stand in a file of lines and be told from its neighbours there: it has no line
 * feed, and neither begins with a blank nor ends with a carriage return.
 */
public final class Inputs implements Iterator<byte[]> {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** So many events are there to be mutated at a time. */
  private static final int POOL = 200;

  private final Random random;
  private final Mutator mutator;
  private final Iterator<byte[]> events;
  private final Simulator simulator;
  private final List<byte[]> golden;
  private final List<byte[]> pool = new ArrayList<>();

  public Inputs(String shape, long seed) {
    this.random = new Random(seed);
    this.mutator = new Mutator(random);
    this.events = RandomEvents.valid(shape, seed);
    this.simulator =
        shape.equals("cdevents")
            ? new Simulator(
                SimulatorOptions.live(seed + 1, FaultRates.NONE),
                Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC))
            : null;
    this.golden = golden(shape);
    while (pool.size() < POOL) {
      pool.add(event());
    }
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public byte[] next() {
    if (random.nextInt(3) != 0) {
      pool.set(random.nextInt(POOL), event());
    }
    byte[] line = line(mutator.mutated(pool.get(random.nextInt(POOL))));
    return line.length == 0 ? new byte[] {'{'} : line;
  }

  private byte[] event() {
    int source = random.nextInt(10);
    if (source < 3 && simulator != null) {
      return simulator.next().bytes();
    }
    return source == 9 ? golden.get(random.nextInt(golden.size())) : events.next();
  }

  private static byte[] line(byte[] input) {
    int from = 0;
    int to = input.length;
    for (int i = 0; i < to; i++) {
      if (input[i] == '\n') {
        input[i] = ' ';
      }
    }
    while (from < to && (input[from] == ' ' || input[from] == '\t' || input[from] == '\r')) {
      from++;
    }
    while (from < to && input[to - 1] == '\r') {
      to--;
    }
    return Arrays.copyOfRange(input, from, to);
  }

  private static List<byte[]> golden(String shape) {
    List<byte[]> lines = new ArrayList<>();
    try (Stream<Path> cases = Files.list(GOLDEN)) {
      for (Path folder : cases.sorted().toList()) {
        Path in = folder.resolve("in.ndjson");
        if (folder.getFileName().toString().startsWith(shape) && Files.exists(in)) {
          for (String line : Files.readAllLines(in)) {
            lines.add(line.getBytes(StandardCharsets.UTF_8));
          }
        }
      }
      return lines;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
