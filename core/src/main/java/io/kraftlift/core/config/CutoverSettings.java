package io.kraftlift.core.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the cutover waits, freezes and marks.
 *
 * @param drainMaxPartitionLag the largest lag of any partition at which the tail counts as caught up, in offsets
 * @param drainStableWindow how long it must have been so
 * @param producerFreezeWebhook null means that a person confirms the freeze
 */
public record CutoverSettings(
        Duration drainTimeout,
        long drainMaxPartitionLag,
        Duration drainStableWindow,
        Duration maxProducerFreeze,
        @Nullable URI producerFreezeWebhook,
        @Nullable Secret webhookSecret,
        SentinelKind sentinel,
        Duration approvalTimeout) {}
