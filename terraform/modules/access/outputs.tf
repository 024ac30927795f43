output "role_arns" {
  description = "The roles: reader, operator, and developer-<name> for each developer."
  value       = { for role, it in aws_iam_role.this : role => it.arn }
}

output "policies" {
  description = "What these roles may do, by the same names."
  value       = { for role, it in aws_iam_role_policy.this : role => it.policy }
}
