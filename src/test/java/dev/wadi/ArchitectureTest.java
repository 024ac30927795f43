package dev.wadi;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("unit")
@AnalyzeClasses(packages = "dev.wadi", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Steps and endpoints; what they read exchanges by; and what looks at routes from outside. */
  private static final String ADAPTERS =
      ".*(Step|Component|Endpoint|Consumer|Producer|Repository)"
          + "|Carried|Proof|ClaimAnswers|TappedNodes"
          + "|Dashboard|HttpPort|StatusReader|Route(s|End|sCheck|Counts)";

  private static final List<String> STAGES =
      List.of(
          "simulator",
          "intake",
          "decode",
          "deduplicate",
          "flatten",
          "land",
          "deadletter",
          "outbound",
          "lake",
          "dashboard",
          "local",
          "shape",
          "step");

  @ArchTest
  static final ArchRule stagesStandAlone =
      classes()
          .that(describe("are in a stage", c -> stage(c) != null))
          .should(dependOnNoOtherStage())
          .because(
              "a stage works on the values in event alone, so that it is tested and changed alone;"
                  + " the routes and the composition root join the stages");

  @ArchTest
  static final ArchRule valuesDependOnNothing =
      noClasses()
          .that()
          .resideInAPackage("dev.wadi.event")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.wadi..")
                  .and(
                      describe(
                          "are not values", c -> !c.getPackageName().equals("dev.wadi.event"))))
          .because("the values are what everything else is made of");

  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices()
          .matching("dev.wadi.(*)..")
          .should()
          .beFreeOfCycles()
          .because("the folders are the data's way, and that goes one way");

  @ArchTest
  static final ArchRule camelStaysInAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.wadi", "dev.wadi.cli", "dev.wadi.check", "dev.wadi.reload")
          .and(describe("are no adapters", c -> !outermost(c).getSimpleName().matches(ADAPTERS)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..")
          .because(
              "the work itself takes and returns our values, so it is tested without Camel; what"
                  + " check looks at and reload changes are Camel's own routes");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.wadi.ops.Backoff")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because("waiting by the clock belongs to the backoff alone");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.wadi", "dev.wadi.cli")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .because("a test must be able to set the time");

  @ArchTest
  static final ArchRule nothingNeedsHadoop =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.hadoop..");

  private static ArchCondition<JavaClass> dependOnNoOtherStage() {
    return new ArchCondition<>("depend on no other stage (decode reads by shapes)") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          String from = stage(origin);
          String to = stage(dependency.getTargetClass());
          if (to != null && !to.equals(from) && !(from.equals("decode") && to.equals("shape"))) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static String stage(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    return parts.length > 2 && STAGES.contains(parts[2]) ? parts[2] : null;
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }
}
