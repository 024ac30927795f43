variable "database" {
  description = "The Glue database's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]*$", var.database))
    error_message = "database takes lower-case letters, digits and '_'."
  }
}

variable "workgroup" {
  description = "The Athena workgroup's name."
  type        = string
}

variable "lake_bucket" {
  description = "The bucket that holds the lake."
  type        = string
}

variable "results_bucket" {
  description = "The bucket that results of queries are put into, under athena/."
  type        = string
}

variable "event_types" {
  description = "The values of event_type that the table events looks for. The table events_all has the others too."
  type        = list(string)

  validation {
    condition     = length(var.event_types) > 0
    error_message = "event_types names one type at least."
  }
}

variable "payload_columns" {
  description = "The columns of events behind the core ones, with their Athena types. What isn't named is in _doc."
  type        = map(string)
}

variable "first_date" {
  description = "The first event_date that queries look for."
  type        = string
  default     = "2020-01-01"

  validation {
    condition     = can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", var.first_date))
    error_message = "first_date is a date such as 2020-01-01."
  }
}

variable "most_bytes_scanned" {
  description = "A query that reads more than this is ended, since Athena charges by what is read."
  type        = number
  default     = 107374182400

  validation {
    condition     = var.most_bytes_scanned >= 10485760
    error_message = "most_bytes_scanned is at least 10485760 (10 MB)."
  }
}

variable "saved_queries" {
  description = "Whether queries are saved in Athena. moto_server can't delete them again."
  type        = bool
  default     = true
}
