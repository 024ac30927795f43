# The lake's tables as Athena sees them. Their folders are known beforehand, so partitions are
# computed (partition projection) and nobody has to add them.

locals {
  root = "s3://${var.lake_bucket}"

  core = [
    ["event_key", "string"], ["event_id", "string"], ["event_type", "string"], ["event_subtype", "string"],
    ["event_source", "string"], ["event_time", "timestamp"], ["payload_hash", "string"],
    ["ingested_at", "timestamp"], ["commit_id", "string"], ["source_position", "string"],
  ]
  payload = [for name, type in var.payload_columns : [name, type]]
  doc     = [["_doc", "string"]]

  dates = {
    "projection.enabled"          = "true"
    "projection.%s.type"          = "date"
    "projection.%s.format"        = "yyyy-MM-dd"
    "projection.%s.range"         = "${var.first_date},NOW+1DAYS"
    "projection.%s.interval"      = "1"
    "projection.%s.interval.unit" = "DAYS"
  }
  by_received_date = { for key, value in local.dates : replace(key, "%s", "received_date") => value }
  by_event_date    = { for key, value in local.dates : replace(key, "%s", "event_date") => value }

  tables = {
    # the values of the folders are columns of the files as well; Athena wants each once
    events = {
      columns    = [for column in concat(local.core, local.payload, local.doc) : column if column[0] != "event_type"]
      partitions = [["event_type", "string"], ["event_date", "date"]]
      location   = "${local.root}/events/"
      parameters = merge(local.by_event_date, {
        "projection.event_type.type"   = "enum"
        "projection.event_type.values" = join(",", var.event_types)
        "storage.location.template"    = "${local.root}/events/event_type=$${event_type}/event_date=$${event_date}/"
      })
    }
    # every type there is, at the price of reading all folders
    events_all = {
      columns    = concat(local.core, local.payload, local.doc)
      partitions = []
      location   = "${local.root}/events/"
      parameters = {}
    }
    duplicates = {
      columns    = concat(local.core, local.doc)
      partitions = [["received_date", "date"]]
      location   = "${local.root}/duplicates/"
      parameters = merge(local.by_received_date, {
        "storage.location.template" = "${local.root}/duplicates/received_date=$${received_date}/"
      })
    }
    conflicts = {
      columns    = concat(local.core, [["landed_payload_hash", "string"]], local.doc)
      partitions = [["received_date", "date"]]
      location   = "${local.root}/conflicts/"
      parameters = merge(local.by_received_date, {
        "storage.location.template" = "${local.root}/conflicts/received_date=$${received_date}/"
      })
    }
    dead_letters = {
      columns = [
        ["dead_letter_id", "string"], ["reason", "string"], ["rule", "string"], ["message", "string"], ["stage", "string"],
        ["shape", "string"], ["source", "string"], ["position", "string"], ["attempts", "bigint"],
        ["first_seen", "timestamp"], ["bytes_base64", "string"], ["bytes_object", "string"], ["event_key", "string"],
        ["ingested_at", "timestamp"], ["commit_id", "string"], ["source_position", "string"],
      ]
      partitions = [["received_date", "date"]]
      location   = "${local.root}/dead_letters/"
      parameters = merge(local.by_received_date, {
        "storage.location.template" = "${local.root}/dead_letters/received_date=$${received_date}/"
      })
    }
  }
}

resource "aws_glue_catalog_database" "this" {
  name        = var.database
  description = "The lake ${var.lake_bucket}, which Wadi writes"
}

resource "aws_glue_catalog_table" "parquet" {
  for_each = local.tables

  database_name = aws_glue_catalog_database.this.name
  name          = each.key
  table_type    = "EXTERNAL_TABLE"
  parameters    = merge(each.value.parameters, { EXTERNAL = "TRUE", classification = "parquet" })

  dynamic "partition_keys" {
    for_each = each.value.partitions

    content {
      name = partition_keys.value[0]
      type = partition_keys.value[1]
    }
  }

  storage_descriptor {
    location      = each.value.location
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    }

    dynamic "columns" {
      for_each = each.value.columns

      content {
        name = columns.value[0]
        type = columns.value[1]
      }
    }
  }
}

# The markers of commits, which say what files are the lake's. Each is one JSON object on one line.
resource "aws_glue_catalog_table" "commits" {
  database_name = aws_glue_catalog_database.this.name
  name          = "commits"
  table_type    = "EXTERNAL_TABLE"
  parameters    = { EXTERNAL = "TRUE", classification = "json" }

  storage_descriptor {
    location      = "${local.root}/_wadi/commits/"
    input_format  = "org.apache.hadoop.mapred.TextInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

    ser_de_info {
      serialization_library = "org.openx.data.jsonserde.JsonSerDe"
    }

    dynamic "columns" {
      for_each = [
        ["commit", "string"], ["state", "string"], ["writer", "string"], ["committed_at", "string"],
        ["files", "array<struct<key:string,rows:bigint,bytes:bigint>>"], ["replaces", "array<string>"],
      ]

      content {
        name = columns.value[0]
        type = columns.value[1]
      }
    }
  }
}
