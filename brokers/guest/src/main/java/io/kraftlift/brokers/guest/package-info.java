/** Kafka brokers as processes of their own. */
@NullMarked
package io.kraftlift.brokers.guest;

import org.jspecify.annotations.NullMarked;
