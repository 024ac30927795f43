package dev.wadi.simulator;

/** The types of CDEvents 0.5.1 that the factory emits, each with its own version. */
enum EventType {
  CHANGE_CREATED("change.created.0.4.0"),
  CHANGE_UPDATED("change.updated.0.3.0"),
  CHANGE_REVIEWED("change.reviewed.0.3.0"),
  CHANGE_MERGED("change.merged.0.3.0"),
  CHANGE_ABANDONED("change.abandoned.0.3.0"),
  PIPELINERUN_QUEUED("pipelinerun.queued.0.3.0"),
  PIPELINERUN_STARTED("pipelinerun.started.0.3.0"),
  PIPELINERUN_FINISHED("pipelinerun.finished.0.3.0"),
  TASKRUN_STARTED("taskrun.started.0.3.0"),
  TASKRUN_FINISHED("taskrun.finished.0.3.0"),
  BUILD_QUEUED("build.queued.0.3.0"),
  BUILD_STARTED("build.started.0.3.0"),
  BUILD_FINISHED("build.finished.0.3.0"),
  TESTSUITERUN_QUEUED("testsuiterun.queued.0.3.0"),
  TESTSUITERUN_STARTED("testsuiterun.started.0.3.0"),
  TESTSUITERUN_FINISHED("testsuiterun.finished.0.3.0"),
  TESTCASERUN_STARTED("testcaserun.started.0.3.0"),
  TESTCASERUN_FINISHED("testcaserun.finished.0.3.0"),
  ARTIFACT_PACKAGED("artifact.packaged.0.3.0"),
  ARTIFACT_SIGNED("artifact.signed.0.3.0"),
  ARTIFACT_PUBLISHED("artifact.published.0.3.0"),
  SERVICE_DEPLOYED("service.deployed.0.3.0"),
  SERVICE_UPGRADED("service.upgraded.0.3.0"),
  SERVICE_ROLLEDBACK("service.rolledback.0.3.0"),
  INCIDENT_DETECTED("incident.detected.0.3.0"),
  INCIDENT_RESOLVED("incident.resolved.0.3.0");

  private final String text;

  EventType(String subjectPredicateVersion) {
    text = "dev.cdevents." + subjectPredicateVersion;
  }

  /** As it stands in {@code context.type}. */
  String text() {
    return text;
  }
}
