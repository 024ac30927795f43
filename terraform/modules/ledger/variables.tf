variable "table" {
  description = "The name of the table of claims. Each lake has one of its own."
  type        = string
}

variable "leases_table" {
  description = "The name of the table of shards' leases, which is that of the application that reads the stream."
  type        = string
}

variable "expires" {
  description = "Whether items that have an end are forgotten then; they have one with wadi.deduplicate.time-to-live alone."
  type        = bool
}

variable "protect" {
  description = "Whether the tables can't be deleted."
  type        = bool
}
