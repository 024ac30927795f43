resource "aws_athena_workgroup" "this" {
  name          = var.workgroup
  force_destroy = true

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.most_bytes_scanned

    result_configuration {
      output_location = "s3://${var.results_bucket}/athena/"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}

# Each query reads landed_events: the rows of the files that standing commits name and no compaction
# has replaced. So each event is there once, and nothing of a commit that is under way.
resource "aws_athena_named_query" "this" {
  for_each = { for name, what in {
    runs           = "When each pipeline run was queued, started and finished, and how it ended"
    outcomes       = "Outcomes of test suites by user and environment"
    task_durations = "How long the tasks of pipelines take"
  } : name => what if var.saved_queries }

  name        = each.key
  description = each.value
  workgroup   = aws_athena_workgroup.this.name
  database    = aws_glue_catalog_database.this.name

  query = join("\n", [
    templatefile("${path.module}/queries/landed_events.sql", { lake = local.root }),
    file("${path.module}/queries/${each.key}.sql"),
  ])
}
