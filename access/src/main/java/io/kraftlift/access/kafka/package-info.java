/** Kafka clients: how they are configured and opened. */
@NullMarked
package io.kraftlift.access.kafka;

import org.jspecify.annotations.NullMarked;
