output "names" {
  description = "The buckets' names by role; that of lake is wadi.land.bucket, that of raw is wadi.intake.drops.buckets."
  value       = { for role, bucket in aws_s3_bucket.this : role => bucket.bucket }
}

output "arns" {
  description = "The buckets' ARNs by role."
  value       = { for role, bucket in aws_s3_bucket.this : role => bucket.arn }
}

output "rule" {
  description = "With notify = eventbridge: the name of EventBridge's rule; else blank."
  value       = join("", [for rule in aws_cloudwatch_event_rule.drops : rule.name])
}
