output "table" {
  description = "wadi.deduplicate.table"
  value       = aws_dynamodb_table.claims.name
}

output "table_arn" {
  description = "The ARN of the table of claims."
  value       = aws_dynamodb_table.claims.arn
}

output "leases_table" {
  description = "wadi.intake.application"
  value       = aws_dynamodb_table.leases.name
}

output "leases_table_arn" {
  description = "The ARN of the table of leases."
  value       = aws_dynamodb_table.leases.arn
}
