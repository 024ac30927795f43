output "database" {
  description = "The Glue database."
  value       = aws_glue_catalog_database.this.name
}

output "workgroup" {
  description = "The Athena workgroup, in which the saved queries are."
  value       = aws_athena_workgroup.this.name
}
