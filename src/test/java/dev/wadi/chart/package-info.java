/**
 * What of the Helm chart can be held against the application by a JDK alone: its values, the
 * settings, paths and options that its templates name, and its page. {@code HelmIT} renders it where
 * helm is.
 */
package dev.wadi.chart;
