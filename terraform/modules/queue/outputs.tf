output "name" {
  description = "The queue's name, as wadi.intake.queue or wadi.intake.drops.queue takes it."
  value       = aws_sqs_queue.this.name
}

output "arn" {
  description = "The queue's ARN."
  value       = aws_sqs_queue.this.arn
}

output "url" {
  description = "The queue's URL."
  value       = aws_sqs_queue.this.id
}

output "dead_letters_name" {
  description = "The dead-letter queue's name, as wadi.dead-letters.queue takes it."
  value       = aws_sqs_queue.dead_letters.name
}

output "dead_letters_arn" {
  description = "The dead-letter queue's ARN."
  value       = aws_sqs_queue.dead_letters.arn
}
