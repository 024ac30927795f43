/**
 * Claims of many processes in one DynamoDB table.
 *
 * <p>What a commit wants to land comes in, and for each key goes out whether the commit holds it, a
 * commit that stands has it, or one that is not settled. A claim is one conditional write, under
 * the id of its commit; the commit's marker in the lake settles it. So no answer that got lost, no
 * request that arrives late and no process that sleeps past its lease makes an event land twice.
 */
package dev.wadi.deduplicate.dynamodb;
