/**
 * What Terraform makes, and {@code ./wadi cloud}: checked by Terraform itself, made in an emulator,
 * and used by the packaged application. Where Terraform, its provider or an emulator is missing,
 * these tests are skipped and say so.
 */
package dev.wadi.cloud;
