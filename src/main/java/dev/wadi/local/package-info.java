/**
 * The embedded queue and object store of the local profile: the protocols of SQS and S3 on
 * loopback, so that the very same routes run as on AWS. A data folder comes in, endpoints go out.
 * What they have accepted is on disk before they answer, and survives a kill.
 */
package dev.wadi.local;
