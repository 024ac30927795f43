package dev.wadi.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.SetupException;
import dev.wadi.intake.file.Resume;
import dev.wadi.intake.file.SourceFile;
import dev.wadi.land.CommitLog;
import dev.wadi.land.Manifest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which files are being ingested, so that a run that was killed is gone on with. The markers in the
 * lake say how far it has come; what is kept here only tells the run that is unfinished from one
 * that was finished, after which a file is read anew. Were it lost, the events would be read again
 * and found to be duplicates.
 */
public final class FileRuns {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An unfinished run of a file.
   *
   * @param run the id that its ranges bear in manifests
   * @param since the lake's last commit before it; null if there was none
   * @param shape what it is read by
   */
  record Run(String run, String since, String fingerprint, String shape) {

    Run {
      Objects.requireNonNull(run, "run");
      Objects.requireNonNull(fingerprint, "fingerprint");
    }
  }

  private final Path file;
  private final CommitLog log;
  private final String shape;
  private final Map<String, Run> unfinished;
  private List<SourceFile> reading = List.of();

  private FileRuns(Path file, CommitLog log, String shape, Map<String, Run> unfinished) {
    this.file = file;
    this.log = log;
    this.shape = shape;
    // by another shape, what was rejected may be events: such a file is read from its start
    unfinished.values().removeIf(run -> !shape.equals(run.shape()));
    this.unfinished = unfinished;
  }

  /**
   * @param file where it is kept; made when it is needed
   * @param shape the name of the shape that files are read by now
   * @throws SetupException if it can't be read
   */
  public static FileRuns open(Path file, CommitLog log, String shape) {
    try {
      Map<String, Run> unfinished =
          JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
      if (unfinished == null || unfinished.containsValue(null)) {
        throw new SetupException(file + " is damaged: delete it; nothing is lost by it");
      }
      return new FileRuns(file, log, shape, new TreeMap<>(unfinished));
    } catch (NoSuchFileException e) {
      return new FileRuns(file, log, shape, new TreeMap<>());
    } catch (IOException e) {
      throw new SetupException(
          "can't read " + file + " (" + e + "): delete it; nothing is lost by it", e);
    }
  }

  /** How far unfinished runs of these files have been committed. */
  public Resume resume(List<String> names) {
    Map<String, Resume.Point> points = new HashMap<>();
    List<Run> runs = names.stream().map(unfinished::get).filter(run -> run != null).toList();
    if (runs.isEmpty()) {
      return Resume.NOTHING;
    }
    String since =
        runs.stream().anyMatch(run -> run.since() == null)
            ? null
            : runs.stream().map(Run::since).min(String::compareTo).orElseThrow();
    for (String commit : log.settledAfter(since)) {
      Manifest marker = log.marker(commit).orElseThrow();
      for (Manifest.FileRange range : marker.ranges()) {
        Run run = unfinished.get(range.file());
        if (run != null && run.run().equals(range.run())) {
          points.merge(
              range.file(),
              new Resume.Point(range.fingerprint(), range.to(), range.last()),
              (one, other) -> one.offset() > other.offset() || one.finished() ? one : other);
        }
      }
    }
    return new Resume(points);
  }

  /**
   * Notes that these files are being read.
   *
   * @param id of a run that is new
   * @param lastCommit the lake's last commit, or null
   * @throws SetupException if that can't be kept
   */
  public void begin(List<SourceFile> files, Supplier<String> id, String lastCommit) {
    reading = List.copyOf(files);
    String fresh = id.get();
    for (SourceFile one : files) {
      Run known = unfinished.get(one.name());
      if (known == null || !known.fingerprint().equals(one.fingerprint())) {
        unfinished.put(one.name(), new Run(fresh, lastCommit, one.fingerprint(), shape));
      }
    }
    save();
  }

  /** Notes that all of them have been read: another run reads them anew. */
  public void end() {
    reading.forEach(one -> unfinished.remove(one.name()));
    save();
  }

  /** The parts of the files that pieces in their order account for. */
  List<Manifest.FileRange> ranges(List<DecodedPiece> pieces) {
    List<Manifest.FileRange> ranges = new ArrayList<>();
    for (DecodedPiece decoded : pieces) {
      SourceFile source = reading.get(decoded.piece().file());
      Manifest.FileRange before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      boolean goesOn = before != null && before.file().equals(source.name());
      long from = goesOn ? before.from() : decoded.piece().from();
      if (goesOn) {
        ranges.remove(ranges.size() - 1);
      }
      ranges.add(
          new Manifest.FileRange(
              unfinished.get(source.name()).run(),
              source.name(),
              source.fingerprint(),
              from,
              decoded.piece().to(),
              decoded.piece().last()));
    }
    return ranges;
  }

  private void save() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.getParent());
      Files.write(next, json());
      try (FileChannel written = FileChannel.open(next, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SetupException("can't write " + file + " (" + e + "): make room for it", e);
    }
  }

  private byte[] json() throws JsonProcessingException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(unfinished);
  }
}
