package dev.wadi;

import dev.wadi.deadletter.ArchiveStep;
import dev.wadi.deadletter.DeadLetterDecodeStep;
import dev.wadi.deadletter.DeadLetterStep;
import dev.wadi.deadletter.DeadLetteredStep;
import dev.wadi.deadletter.FailedNodeStep;
import dev.wadi.deadletter.IsolateStep;
import dev.wadi.deadletter.RejectStep;
import dev.wadi.decode.DecodeStep;
import dev.wadi.decode.Decoder;
import dev.wadi.deduplicate.ClaimAnswers;
import dev.wadi.deduplicate.SetAsideStep;
import dev.wadi.deduplicate.WadiIdempotentRepository;
import dev.wadi.event.OriginalBytes;
import dev.wadi.event.TransientException;
import dev.wadi.flatten.Flatten;
import dev.wadi.flatten.FlattenStep;
import dev.wadi.flatten.KeepStep;
import dev.wadi.intake.IntakeGate;
import dev.wadi.land.CommitStep;
import dev.wadi.land.DescribeObjectStep;
import dev.wadi.land.DropComponent;
import dev.wadi.land.LandComponent;
import dev.wadi.land.NotePublishedStep;
import dev.wadi.land.RouteEnd;
import dev.wadi.land.SettlePutStep;
import dev.wadi.land.StageStep;
import dev.wadi.land.feed.LandedComponent;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.shape.Shape;
import java.time.Clock;
import java.util.function.BiConsumer;

/** Gives the routes what they name: steps, repository, clients, components. */
final class Steps {

  private final Settings settings;
  private final Services services;
  private final LakeWriter lake;
  private final Shape shape;
  private final Object simulate;
  private final Metrics metrics;
  private final Clock clock;

  Steps(
      Settings settings,
      Services services,
      LakeWriter lake,
      Shape shape,
      Object simulate,
      Metrics metrics,
      Clock clock) {
    this.settings = settings;
    this.services = services;
    this.lake = lake;
    this.shape = shape;
    this.simulate = simulate;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Binds all of it, by the names that the routes use. */
  void bind(BiConsumer<String, Object> registry) {
    registry.accept("sqsClient", services.sqs());
    registry.accept("s3Client", services.s3());
    registry.accept("metrics", metrics);
    registry.accept("clock", clock);
    registry.accept("deliveries", lake.known.deliveries);
    registry.accept("lines", lake.known.lines);
    registry.accept("inFlightClaims", lake.known.claims);
    registry.accept("originalBytes", (OriginalBytes) this::originalBytes);

    registry.accept("intakeGate", new IntakeGate());

    registry.accept("simulate", simulate);
    Decoder decoder = new Decoder(shape, DecodeSettings.limits(settings), metrics);
    registry.accept("decode", new DecodeStep(decoder, metrics));
    registry.accept(
        "claims", new WadiIdempotentRepository(lake.known.claims, lake.known.routeKeys, metrics));
    registry.accept("claimAnswers", new ClaimAnswers());
    registry.accept("setAside", new SetAsideStep());
    Flatten flatten = new Flatten(lake.columns, settings.count(Setting.FLATTEN_MAX_DEPTH));
    registry.accept("flatten", new FlattenStep(flatten));
    registry.accept("keep", new KeepStep(flatten));
    registry.accept("stage", new StageStep(lake.landing));

    registry.accept("describeObject", new DescribeObjectStep());
    registry.accept("notePublished", new NotePublishedStep(lake.landing));
    registry.accept("settlePut", new SettlePutStep(lake.landing, lake.store));
    registry.accept("commit", new CommitStep(lake.landing));
    registry.accept("wadi-land", new LandComponent(lake.landing));
    registry.accept("wadi-landed", new LandedComponent(lake.feeds, metrics));
    registry.accept("wadi-drop", new DropComponent());
    registry.accept("routeEnd", new RouteEnd());

    registry.accept("failedNode", new FailedNodeStep());
    registry.accept("reject", new RejectStep());
    registry.accept("isolate", new IsolateStep());
    registry.accept(
        "deadLetter", new DeadLetterStep(DeadLetterStep.USUAL_MAX_BYTES, lake.store::putIfAbsent));
    registry.accept("deadLettered", new DeadLetteredStep(metrics));
    registry.accept("decodeDeadLetter", new DeadLetterDecodeStep());
    registry.accept("archive", new ArchiveStep());
  }

  private byte[] originalBytes(String key) {
    return lake.store
        .get(key)
        .orElseThrow(() -> new TransientException("the lake has no object " + key, null));
  }
}
