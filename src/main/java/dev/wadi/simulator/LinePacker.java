package dev.wadi.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Packs events into files of JSON lines, in which broken ones have a line like any other. */
final class LinePacker implements Packer {

  private final int maxBytes;

  /**
   * @param maxBytes a file goes on in another one beyond so many bytes
   */
  LinePacker(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public List<Message> pack(List<Emission> emissions) {
    List<Message> files = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    int bytes = 0;
    int events = 0;
    for (Emission emission : emissions) {
      if (events > 0 && bytes + emission.bytes().length + 1 > maxBytes) {
        files.add(new Message(lines.toString(), events));
        lines.setLength(0);
        bytes = 0;
        events = 0;
      }
      lines.append(new String(emission.bytes(), StandardCharsets.UTF_8)).append('\n');
      bytes += emission.bytes().length + 1;
      events++;
    }
    if (events > 0) {
      files.add(new Message(lines.toString(), events));
    }
    return files;
  }
}
