output "role_arn" {
  description = "The role of Wadi's processes."
  value       = aws_iam_role.this.arn
}

output "policy" {
  description = "What that role may do."
  value       = aws_iam_role_policy.this.policy
}

output "trust" {
  description = "Who may take that role on."
  value       = aws_iam_role.this.assume_role_policy
}

output "repository_url" {
  description = "Where the image is to be pushed."
  value       = aws_ecr_repository.this.repository_url
}

output "image" {
  description = "The image that runs; blank: none that is known here."
  value       = local.image
}

output "log_group" {
  description = "Where Wadi's log goes."
  value       = aws_cloudwatch_log_group.this.name
}

output "log_group_arn" {
  description = "The same by its ARN."
  value       = aws_cloudwatch_log_group.this.arn
}

output "security_group_id" {
  description = "With platform = ecs: the tasks' security group, which others may let in; else blank."
  value       = join("", aws_security_group.tasks[*].id)
}
