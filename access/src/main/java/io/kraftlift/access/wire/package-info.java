/** Kafka's protocol below the consumer and the producer: record batches fetched, and sent, as the bytes that they are. */
@NullMarked
package io.kraftlift.access.wire;

import org.jspecify.annotations.NullMarked;
