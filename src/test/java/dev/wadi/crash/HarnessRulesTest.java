package dev.wadi.crash;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Tag;

@Tag("unit")
@AnalyzeClasses(packages = "dev.wadi")
class HarnessRulesTest {

  @ArchTest
  static final ArchRule whatChecksSharesNoCodeWithWhatIsChecked =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.wadi.crash.load..", "dev.wadi.crash.check..", "dev.wadi.crash.faults..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.wadi..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.wadi.crash.load..",
                              "dev.wadi.crash.check..",
                              "dev.wadi.crash.faults.."))))
          .because("what Wadi gets wrong in writing must not be got wrong the same way in reading");
}
