# What Athena is told of CDEvents: the types of the catalogue (src/main/resources/shapes), and the
# columns that their fields have in the lake.

locals {
  cdevents_types = [
    "artifact.deleted", "artifact.downloaded", "artifact.packaged", "artifact.published", "artifact.signed",
    "branch.created", "branch.deleted",
    "build.finished", "build.queued", "build.started",
    "change.abandoned", "change.created", "change.merged", "change.reviewed", "change.updated",
    "environment.created", "environment.deleted", "environment.modified",
    "incident.detected", "incident.reported", "incident.resolved",
    "pipelinerun.finished", "pipelinerun.queued", "pipelinerun.started",
    "repository.created", "repository.deleted", "repository.modified",
    "service.deployed", "service.published", "service.removed", "service.rolledback", "service.upgraded",
    "taskrun.finished", "taskrun.started",
    "testcaserun.finished", "testcaserun.queued", "testcaserun.skipped", "testcaserun.started",
    "testoutput.published",
    "testsuiterun.finished", "testsuiterun.queued", "testsuiterun.started",
    "ticket.closed", "ticket.created", "ticket.updated",
  ]

  cdevents_columns = merge(
    { for name in [
      "context_specversion", "context_id", "context_source", "context_type", "context_timestamp", "context_chain_id",
      "subject_id", "subject_source", "subject_content_uri",
      "subject_content_repository_id", "subject_content_repository_source",
      "subject_content_change_id", "subject_content_change_source",
      "subject_content_pipeline_name", "subject_content_pipeline_run_id", "subject_content_pipeline_run_source",
      "subject_content_task_name", "subject_content_outcome", "subject_content_reason", "subject_content_errors",
      "subject_content_severity", "subject_content_user", "subject_content_artifact_id",
      "subject_content_environment_id", "subject_content_environment_source",
      "subject_content_service_id", "subject_content_service_source",
      "subject_content_trigger_type", "subject_content_test_suite_id", "subject_content_test_suite_name",
      "subject_content_test_suite_run_id", "subject_content_test_case_id", "subject_content_test_case_type",
      "custom_data_author_login", "custom_data_author_team",
    ] : name => "string" },
    { custom_data_duration_millis = "bigint" },
  )
}
