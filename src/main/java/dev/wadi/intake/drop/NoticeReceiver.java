package dev.wadi.intake.drop;

import dev.wadi.event.Flaw;
import dev.wadi.event.Isolation;
import dev.wadi.intake.Dispatch;
import dev.wadi.intake.Receiving;
import dev.wadi.intake.sqs.HeldQueue;
import dev.wadi.ops.SourceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What every thread does that receives notifications: waits for room, receives, and has each notice
 * followed that isn't followed already. Thread-safe; the threads share one.
 */
final class NoticeReceiver implements Runnable {

  private final DropSettings settings;
  private final HeldQueue queue;
  private final Errands errands;
  private final AfterLanding after;
  private final Dispatch<DropDelivery> dispatch;
  private final Endings endings;
  private final Fetcher fetcher;
  private final Executor fetching;
  private final DropCounts counts;
  private final SourceStatus status;
  private final Receiving receiving;
  private final Envelope envelope = new Envelope();
  private final Semaphore waiting;

  NoticeReceiver(
      DropSettings settings,
      HeldQueue queue,
      Errands errands,
      AfterLanding after,
      Dispatch<DropDelivery> dispatch,
      Endings endings,
      Fetcher fetcher,
      Executor fetching,
      DropCounts counts,
      SourceStatus status) {
    this.settings = settings;
    this.queue = queue;
    this.errands = errands;
    this.after = after;
    this.dispatch = dispatch;
    this.endings = endings;
    this.fetcher = fetcher;
    this.fetching = fetching;
    this.counts = counts;
    this.status = status;
    this.receiving = new Receiving(queue, dispatch, status, this::receive);
    // enough that none of those who fetch stands idle, few enough that others may have the rest
    this.waiting = new Semaphore(2 * settings.fetches());
  }

  @Override
  public void run() {
    receiving.run();
  }

  private void receive() throws InterruptedException {
    List<HeldQueue.Received> messages = queue.receive();
    status.succeeded();
    for (HeldQueue.Received message : messages) {
      if (dispatch.isOpen()) {
        openOrShowAgain(message);
      } else {
        // the source was paused or ended meanwhile
        queue.showAgain(Duration.ZERO, List.of(message));
      }
    }
  }

  /** What fails with one message leaves the others that came with it as they are. */
  private void openOrShowAgain(HeldQueue.Received message) throws InterruptedException {
    try {
      open(message);
    } catch (RuntimeException | Error e) {
      // held on, it would be hidden for ever: nobody is left who would end it
      queue.showAgain(settings.redeliveryDelay(), List.of(message));
      receiving.holdOff(e);
    }
  }

  private void open(HeldQueue.Received received) throws InterruptedException {
    if (settings.isolation().isToBeGivenUp(received.attempts())) {
      begin(Errand.isolate(Isolation.RECEIVED, new NoticeMessage(received, 1)));
      return;
    }
    List<Errand> asked = errandsOf(received);
    if (asked.isEmpty()) {
      queue.delete(List.of(received));
    }
    for (Errand errand : asked) {
      begin(errand);
    }
  }

  private List<Errand> errandsOf(HeldQueue.Received received) {
    List<Notice> notices = envelope.open(received.body()).stream().map(this::ifToBeRead).toList();
    int wanted = (int) notices.stream().filter(notice -> !isIgnored(notice)).count();
    NoticeMessage message = new NoticeMessage(received, wanted);
    List<Errand> asked = new ArrayList<>();
    for (int number = 0; number < notices.size(); number++) {
      Notice notice = notices.get(number);
      if (notice instanceof Notice.Created created) {
        asked.add(Errand.read(created.object(), message, number));
      } else if (notice instanceof Notice.Unreadable unreadable) {
        asked.add(Errand.reject(unreadable.flaw(), message, number));
      } else if (notice instanceof Notice.Ignored ignored) {
        counts.ignored(ignored.reason());
      }
    }
    return asked;
  }

  /** The notice, or why the object that it names is not to be read. */
  private Notice ifToBeRead(Notice notice) {
    if (!(notice instanceof Notice.Created created)) {
      return notice;
    }
    Flaw foreign = settings.buckets().flawOf(created.object());
    if (foreign != null) {
      return new Notice.Unreadable(foreign);
    }
    return after.hasMoved(created.object()) ? new Notice.Ignored("moved") : notice;
  }

  private static boolean isIgnored(Notice notice) {
    return notice instanceof Notice.Ignored;
  }

  /** Has it followed, as soon as somebody has time; unless that is done already. */
  private void begin(Errand wanted) throws InterruptedException {
    Errand errand = errands.ask(wanted);
    if (errand == null) {
      return;
    }
    boolean begun = false;
    try {
      begun = haveFollowed(errand);
    } finally {
      if (!begun) {
        // others may have joined it by now, who would wait for it for ever
        endings.goOn(errand, errand.abandon());
      }
    }
  }

  private boolean haveFollowed(Errand errand) throws InterruptedException {
    boolean mayWait = false;
    while (!mayWait && dispatch.isOpen()) {
      mayWait = waiting.tryAcquire(1, TimeUnit.SECONDS);
    }
    boolean acquired = mayWait;
    try {
      // if the source isn't open any more, whoever follows it gives it up
      fetching.execute(() -> follow(errand, acquired));
      return true;
    } catch (RuntimeException | Error e) {
      release(acquired);
      throw e;
    }
  }

  private void follow(Errand errand, boolean acquired) {
    try {
      fetcher.follow(errand);
    } finally {
      release(acquired);
    }
  }

  private void release(boolean acquired) {
    if (acquired) {
      waiting.release();
    }
  }
}
