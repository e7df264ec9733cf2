/** Kafka brokers as processes of their own. */
@NullMarked
package io.kraftlift.brokers;

import org.jspecify.annotations.NullMarked;
