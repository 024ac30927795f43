package dev.wadi.lake;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;

/**
 * One file of the lake, {@code reports/events.csv}, that is made anew from a query. A route leads
 * it: {@link #rows} begins, {@link #append} takes what the route made of each chunk of rows, and
 * {@link #publish} replaces the last report by the new one. Readers see a whole report at any time.
 * For one thread at a time.
 */
public final class Report implements AutoCloseable {

  /** Where it lies in the lake. */
  static final String KEY = "reports/events.csv";

  private final Path data;
  private final String sql;
  private final Path unfinished;
  private ReportRows rows;
  private FileOutputStream out;

  /**
   * @param data the data folder, which holds the lake
   * @param sql what to ask the lake
   * @param temporary a folder on the same file system
   */
  public Report(Path data, String sql, Path temporary) {
    this.data = data;
    this.sql = sql;
    this.unfinished = temporary.resolve("report.csv");
  }

  /**
   * Begins a report; what an earlier one left unfinished is dropped.
   *
   * @return chunks of rows, each row a list of texts or nulls; the first row has the columns' names
   * @throws SetupException if the query is wrong
   * @throws TransientException if the file can't be written
   */
  public Iterator<List<List<String>>> rows() {
    close();
    try {
      Files.createDirectories(unfinished.getParent());
      out = new FileOutputStream(unfinished.toFile());
    } catch (IOException e) {
      throw failure(e);
    }
    rows = ReportRows.of(Tables.open(LakeFolder.of(data), sql));
    return rows;
  }

  /**
   * Adds to the report.
   *
   * @throws TransientException if the file can't be written
   */
  public void append(byte[] csv) {
    try {
      out.write(csv);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Replaces the last report by this one, once it is on the disk.
   *
   * @throws TransientException if the file can't be written
   */
  public void publish() {
    try {
      out.getFD().sync();
      close();
      Path report = LakeFolder.of(data).file(KEY);
      Files.createDirectories(report.getParent());
      Files.move(
          unfinished, report, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Ends what isn't published. */
  @Override
  public void close() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw failure(e);
      }
      out = null;
    }
  }

  private TransientException failure(IOException cause) {
    return new TransientException(
        "can't write the report " + unfinished + ": " + cause.getMessage(), cause);
  }
}
