output "role_arns" {
  description = "The roles: reader, operator, and developer-<name> for each developer."
  value       = { for role, it in aws_iam_role.this : role => it.arn }
}
