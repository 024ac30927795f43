output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "subnet_ids" {
  description = "The private subnets, one an availability zone."
  value       = [for subnet in aws_subnet.private : subnet.id]

  # Whoever is put there wants to reach AWS: nobody starts before that works, and nobody is left when it
  # goes.
  depends_on = [
    aws_route_table_association.private,
    aws_vpc_endpoint.gateway,
    aws_vpc_endpoint.interface,
    aws_vpc_security_group_ingress_rule.endpoints,
  ]
}

output "route_table_id" {
  description = "The private subnets' route table, for a route of your own."
  value       = aws_route_table.private.id
}

output "endpoints" {
  description = "The services that are reached by interface endpoints."
  value       = keys(aws_vpc_endpoint.interface)
}
