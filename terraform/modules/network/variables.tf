variable "name" {
  description = "What the names of all resources begin with: <app>-<environment>."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "name takes lower-case letters, digits and '-', and begins with a letter."
  }
}

variable "cidr" {
  description = "The addresses of the VPC. Each availability zone gets a sixteenth of them."
  type        = string
  default     = "10.42.0.0/16"

  validation {
    condition     = can(cidrsubnet(var.cidr, 4, 0))
    error_message = "cidr is a block of addresses such as 10.42.0.0/16, with room for sixteen subnets."
  }
}

variable "zones" {
  description = "How many availability zones have a private subnet, and each interface endpoint an address (which costs by the hour)."
  type        = number
  default     = 2

  validation {
    condition     = var.zones >= 1 && var.zones <= 6
    error_message = "zones is a number from 1 to 6."
  }
}

variable "interface_endpoints" {
  description = "AWS's services that are reached inside the VPC, by the last part of their endpoint's name; S3 and DynamoDB have gateway endpoints anyway."
  type        = set(string)
  default     = ["sqs", "kinesis-streams", "logs", "ecr.api", "ecr.dkr"]
}

variable "more_endpoints" {
  description = "The same, beside those."
  type        = set(string)
  default     = []
}
