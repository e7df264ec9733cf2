package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.webhook.ProducerWebhook;
import io.kraftlift.access.webhook.WebhookAction;
import io.kraftlift.access.webhook.WebhookCall;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.net.URI;

/** Whoever can stop the producers, behind the configured webhook. */
final class ProducersSide {
    private final MigrationRun run;
    private final ProducerWebhook webhook;

    private ProducersSide(MigrationRun run, ProducerWebhook webhook) {
        this.run = run;
        this.webhook = webhook;
    }

    /**
     * Finds the producers' side in the configuration.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when there is no webhook
     */
    static ProducersSide of(MigrationRun run) {
        CutoverSettings settings = run.config().cutover();
        URI address = settings.producerFreezeWebhook();
        if (address == null) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    "cutover.producer_freeze_webhook: must be set, was absent; this version freezes producers by a"
                            + " webhook only: set it to an address that stops and starts them");
        }
        return new ProducersSide(
                run,
                new ProducerWebhook(
                        address,
                        settings.webhookSecret(),
                        ProducerWebhook.Patience.USUAL,
                        run.surroundings().sleeper()));
    }

    void freeze(Freeze freeze) throws InterruptedException {
        call(WebhookAction.FREEZE, freeze);
    }

    void unfreeze(Freeze freeze) throws InterruptedException {
        call(WebhookAction.UNFREEZE, freeze);
    }

    private void call(WebhookAction action, Freeze freeze) throws InterruptedException {
        webhook.send(new WebhookCall(action, run.migration(), freeze.deadline(), freeze.idempotencyKey(action.word())));
    }
}
