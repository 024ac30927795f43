output "topic_arn" {
  description = "The SNS topic that alarms go to."
  value       = aws_sns_topic.this.arn
}

output "names" {
  description = "The alarms' names."
  value       = [for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name]
}

output "signs" {
  description = "The patterns by which lines of the log are counted."
  value       = local.signs
}
