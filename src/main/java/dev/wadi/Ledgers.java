package dev.wadi;

import dev.wadi.deduplicate.CatchUp;
import dev.wadi.deduplicate.DeliveryLog;
import dev.wadi.deduplicate.DerivedLedger;
import dev.wadi.deduplicate.LedgerStatus;
import dev.wadi.deduplicate.LineLog;
import dev.wadi.event.SetupException;
import dev.wadi.land.CommitLog;
import dev.wadi.land.Epochs;
import dev.wadi.land.LakeStore;
import dev.wadi.land.LandedKeyReader;
import dev.wadi.land.OpenIntents;
import dev.wadi.land.Settlement;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a data folder has derived from its lake, looked at and made anew. */
public final class Ledgers {

  /** The name of the ledger of landed keys. */
  static final String LEDGER = "ledger";

  /** The name of the ledger of deliveries. */
  static final String DELIVERIES = "deliveries";

  /** The name of the file that says how far lines are accounted for. */
  static final String LINES = "lines.json";

  /** The name of the file that says in which epoch they were last in use. */
  private static final String EPOCH = "epoch";

  private final Settings settings;
  private final Path data;
  private final Clock clock;

  /**
   * @param data the data folder
   * @throws SetupException if it isn't there
   */
  public Ledgers(Settings settings, Path data, Clock clock) {
    this.settings = settings;
    this.data = data;
    this.clock = clock;
    if (!Files.isDirectory(data)) {
      throw new SetupException("there is no data folder '" + data + "': name another with --data");
    }
  }

  /** What the files of each say, by its name; another process may be at work on them. */
  public Map<String, LedgerStatus> status() {
    Map<String, LedgerStatus> status = new LinkedHashMap<>();
    for (String name : new String[] {LEDGER, DELIVERIES}) {
      status.put(name, LedgerStatus.of(data.resolve(".wadi").resolve(name)));
    }
    return status;
  }

  /** Forgets what a data folder has derived, if processes have shared the lake since. */
  static void forgetIfShared(Epochs epochs, DataFolder data) {
    if (epochs.isSharedSince(lastEpoch(data))) {
      DerivedLedger.forget(data.state(LEDGER));
      DerivedLedger.forget(data.state(DELIVERIES));
      LineLog.open(data.state(LINES)).clear();
    }
    data.rewrite(EPOCH, Integer.toString(epochs.current()));
  }

  private static int lastEpoch(DataFolder data) {
    String text = data.read(EPOCH);
    try {
      return text == null ? 0 : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new SetupException(
          data.state(EPOCH) + " is damaged: delete it; nothing is lost by it", e);
    }
  }

  /**
   * From now on one process writes to the lake, which processes have shared: those that still do
   * end. Its ledgers are made anew.
   *
   * @param betweenReports how often to report at most
   * @throws SetupException if another process works on the data folder
   * @throws dev.wadi.event.TransientException if the lake can't be read, or the disk fails
   */
  public void takeOver(Duration betweenReports, CatchUp.Report report) {
    try (Closing closing = new Closing()) {
      DataFolder folder = closing.opened(DataFolder.lock(data));
      LakeStore store = Compactor.store(settings, folder, closing);
      CommitLog log = new CommitLog(store);
      String writer = LakeState.writer(clock);
      Epochs epochs = new Epochs(store, writer, clock);
      epochs.takeOver();
      Settlement settlement = new Settlement(store, log, writer, clock);
      new OpenIntents(log, settlement, writer, Set.of(), clock, OpenIntents.GRACE).settleAll();
      forgetIfShared(epochs, folder);
    }
    rebuild(betweenReports, report);
  }

  /**
   * Reads all commits of the lake again. Until that is done, the ledgers stay as they are; killed,
   * it is to be started again.
   *
   * @param betweenReports how often to report at most
   * @throws SetupException if another process works on the data folder
   * @throws dev.wadi.event.TransientException if the lake can't be read, or the disk fails
   */
  public void rebuild(Duration betweenReports, CatchUp.Report report) {
    try (Closing closing = new Closing()) {
      DataFolder folder = closing.opened(DataFolder.lock(data));
      LakeStore store = Compactor.store(settings, folder, closing);
      LakeCommits commits =
          closing.opened(
              new LakeCommits(
                  new CommitLog(store), new LandedKeyReader(store, folder.state("temporary"))));
      CatchUp catchUp = new CatchUp(commits, clock, betweenReports, report);
      DerivedLedger.rebuild(folder.state(LEDGER), catchUp::ledger);
      DerivedLedger.rebuild(
          folder.state(DELIVERIES),
          ledger -> catchUp.deliveries(new DeliveryLog(ledger), LineLog.open(folder.state(LINES))));
    }
  }
}
