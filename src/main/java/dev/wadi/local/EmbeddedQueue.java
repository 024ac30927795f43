package dev.wadi.local;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.wadi.event.SetupException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.CreateQueueData;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.msg.CreateQueue;
import org.elasticmq.msg.LookupQueue;
import org.elasticmq.persistence.sql.DB$;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.concurrent.Await;
import scala.concurrent.duration.FiniteDuration;
import scala.util.Either;
import scalikejdbc.ConnectionPool$;
import scalikejdbc.ConnectionPoolSettings;

/**
 * ElasticMQ on loopback, its messages in a SQLite file. What it has accepted survives a kill.
 *
 * <p>It has no redrive policy: a redriven message breaks ElasticMQ's store at the next start. What
 * its store can't write, such as on a full disk, it refuses; see {@link QueueSupervision}. It
 * checks no credentials.
 *
 * <p>One at a time in a process, because ElasticMQ keeps its database in a global.
 */
public final class EmbeddedQueue implements AutoCloseable {

  /** The region that the queue's URLs and ARNs name. */
  public static final String REGION = "us-east-1";

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final AtomicBoolean RUNNING = new AtomicBoolean();

  /** The shutdown hooks are off: at SIGTERM the pipeline still has to drain into the queue. */
  private static final Config SETTINGS =
      ConfigFactory.parseString(
          """
          pekko.actor.guardian-supervisor-strategy = "dev.wadi.local.QueueSupervision"
          pekko.loglevel = WARNING
          pekko.stdout-loglevel = OFF
          pekko.daemonic = on
          pekko.jvm-shutdown-hooks = off
          pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
          pekko.log-dead-letters = off
          """);

  private final ActorSystem system;
  private final Http.ServerBinding server;
  private final AtomicBoolean closing;

  private EmbeddedQueue(ActorSystem system, Http.ServerBinding server, AtomicBoolean closing) {
    this.system = system;
    this.server = server;
    this.closing = closing;
  }

  /**
   * Starts the server with the queues of the file, and makes those that are missing, with a
   * visibility timeout of 30 seconds.
   *
   * @param file the SQLite file, made with its folder if it isn't there
   * @param port 0 is any free port
   * @param queues names of queues
   * @param storageStopped called if the storage stops while the queue is open: from then on nothing
   *     is accepted, and every request hangs
   * @throws SetupException if the port is taken or the file can't be used
   */
  public static EmbeddedQueue open(
      Path file, int port, List<String> queues, Runnable storageStopped) {
    QueueFile queueFile = new QueueFile(file);
    Loopback.requireFree(port, "embedded queue", "wadi.local.queue-port");
    queueFile.check();
    if (!RUNNING.compareAndSet(false, true)) {
      throw new IllegalStateException("an embedded queue runs in this process already");
    }
    ActorSystem system = ActorSystem.create("elasticmq", SETTINGS.withFallback(configuration()));
    AtomicBoolean closing = new AtomicBoolean();
    Runnable stopped =
        () -> {
          if (!closing.get()) {
            storageStopped.run();
          }
        };
    try {
      return new EmbeddedQueue(system, start(system, queueFile, port, queues, stopped), closing);
    } catch (RuntimeException e) {
      closing.set(true);
      release(system);
      throw e;
    }
  }

  /** Where the queue answers, such as {@code http://127.0.0.1:9324}. */
  public URI endpoint() {
    return URI.create("http://" + Loopback.ADDRESS + ":" + server.localAddress().getPort());
  }

  /** Stops the server; a receive that waits is cut off after a moment. */
  @Override
  public void close() {
    closing.set(true);
    try {
      Await.ready(
          server.terminate(FiniteDuration.apply(1, TimeUnit.SECONDS)),
          FiniteDuration.apply(STOP.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IllegalStateException("the embedded queue's connections did not end", e);
    } finally {
      release(system);
    }
  }

  private static Config configuration() {
    return ConfigFactory.load(EmbeddedQueue.class.getClassLoader());
  }

  private static Http.ServerBinding start(
      ActorSystem system, QueueFile file, int port, List<String> queues, Runnable stopped) {
    SqlQueuePersistenceConfig storage =
        new SqlQueuePersistenceConfig(true, QueueFile.DRIVER, file.url(), "", "", false);
    connect(storage);
    ActorRef sql =
        system.actorOf(
            Props.create(
                SqlQueuePersistenceActor.class,
                storage,
                scala.collection.immutable.List$.MODULE$.empty()));
    ActorRef store = system.actorOf(QueueStorage.before(sql, stopped));
    ActorRef manager =
        system.actorOf(
            Props.create(
                QueueManagerActor.class,
                new NowProvider(),
                StrictSQSLimits$.MODULE$,
                Option.apply(store)));
    succeed(ask(store, new QueueEvent.Restore(manager), file), "restore " + file);
    for (String queue : queues) {
      Option<?> found = (Option<?>) ask(manager, new LookupQueue(queue), file);
      if (found.isEmpty()) {
        succeed(ask(manager, new CreateQueue(named(queue)), file), "create the queue " + queue);
      }
    }
    return SQSRestServerBuilder.withActorSystem(system)
        .withInterface(Loopback.ADDRESS)
        .withPort(port)
        .withAWSRegion(REGION)
        .withQueueManagerActor(manager)
        .withQueueEventListener(store)
        .start()
        .waitUntilStarted();
  }

  /** ElasticMQ connects once in a process and would go on with the file of an earlier queue. */
  private static void connect(SqlQueuePersistenceConfig storage) {
    DB$.MODULE$.initializeSingleton(storage);
    ConnectionPool$ pool = ConnectionPool$.MODULE$;
    ConnectionPoolSettings settings = pool.singleton$default$4();
    pool.singleton(
        storage.uri(), "", "", settings, pool.singleton$default$5(storage.uri(), "", "", settings));
  }

  private static CreateQueueData named(String queue) {
    return new CreateQueueData(
        queue,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        false,
        false,
        Option.empty(),
        Option.empty(),
        scala.collection.immutable.Map$.MODULE$.empty());
  }

  private static Object ask(ActorRef actor, Object question, QueueFile file) {
    try {
      return Patterns.ask(actor, question, START).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new SetupException(
          "the embedded queue can't read " + file + " (" + e.getCause().getMessage() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the embedded queue started", e);
    }
  }

  private static void succeed(Object answer, String what) {
    if (answer instanceof Either<?, ?> either && either.isLeft()) {
      throw new SetupException(
          "the embedded queue can't " + what + ": " + either.left().toOption().get());
    }
  }

  private static void release(ActorSystem system) {
    try {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the embedded queue did not stop", e);
    } finally {
      ConnectionPool$.MODULE$.closeAll();
      RUNNING.set(false);
    }
  }
}
