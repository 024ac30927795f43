/**
 * The image and what is composed with it, as far as it can be tested without Docker: Dockerfile and
 * docker-compose.yml parsed and compared with the code, the image's folder laid out and run, and
 * the script that makes the queues and buckets run against a server that plays AWS.
 */
package dev.wadi.container;
