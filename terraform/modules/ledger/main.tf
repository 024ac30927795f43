# DynamoDB encrypts every table; without a word more, by a key of its own that costs nothing.

# What docs/deduplication.md says of the table of claims: one binary key, and the end of an item in e.
resource "aws_dynamodb_table" "claims" {
  name                        = var.table
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "k"
  deletion_protection_enabled = var.protect

  attribute {
    name = "k"
    type = "B"
  }

  ttl {
    enabled = var.expires
    # named also where it is off: AWS wants the name to switch it off
    attribute_name = "e"
  }

  point_in_time_recovery {
    enabled = true
  }
}

# The Kinesis Client Library would make it by itself. It is made here so that it goes with the
# stream: checkpoints of a stream that was destroyed mean nothing in one of the same name.
resource "aws_dynamodb_table" "leases" {
  name                        = var.leases_table
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "leaseKey"
  deletion_protection_enabled = var.protect

  attribute {
    name = "leaseKey"
    type = "S"
  }

  attribute {
    name = "leaseOwner"
    type = "S"
  }

  global_secondary_index {
    name            = "LeaseOwnerToLeaseKeyIndex"
    hash_key        = "leaseOwner"
    range_key       = "leaseKey"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }
}
