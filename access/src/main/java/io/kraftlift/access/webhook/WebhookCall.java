package io.kraftlift.access.webhook;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.migration.MigrationId;
import java.time.Instant;
import java.util.Map;

/**
 * One request to the producers' side. Repeating it with the same key asks for nothing new.
 *
 * @param deadline by when the cutover is committed, or another call has let the producers go on
 */
public record WebhookCall(WebhookAction action, MigrationId migration, Instant deadline, String idempotencyKey) {
    /** The body, a JSON object with {@code action}, {@code deadline} and {@code migration_id}. */
    byte[] body() {
        return Documents.write(
                Map.of("action", action.word(), "migration_id", migration.value(), "deadline", deadline.toString()));
    }
}
