package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.webhook.ProducerWebhook;
import io.kraftlift.access.webhook.WebhookAction;
import io.kraftlift.access.webhook.WebhookCall;
import io.kraftlift.core.cutover.Freeze;
import java.net.URI;

/** Producers that the configured webhook stops, and lets go on. */
final class ProducersBehindWebhook implements ProducersSide {
    private final MigrationRun run;
    private final ProducerWebhook webhook;

    ProducersBehindWebhook(MigrationRun run, URI address) {
        this.run = run;
        this.webhook = new ProducerWebhook(
                address,
                run.config().cutover().webhookSecret(),
                ProducerWebhook.Patience.USUAL,
                run.surroundings().sleeper());
    }

    @Override
    public void freeze(Freeze freeze) throws InterruptedException {
        call(WebhookAction.FREEZE, freeze, WebhookAction.FREEZE.word());
    }

    @Override
    public void unfreeze(Freeze freeze) throws InterruptedException {
        call(WebhookAction.UNFREEZE, freeze, WebhookAction.UNFREEZE.word());
    }

    @Override
    public void unfreezeAgain(Freeze freeze) throws InterruptedException {
        call(WebhookAction.UNFREEZE, freeze, WebhookAction.UNFREEZE.word() + "-again");
    }

    /** Nobody was asked to stop them. */
    @Override
    public void releaseWithoutFreeze() {}

    private void call(WebhookAction action, Freeze freeze, String key) throws InterruptedException {
        webhook.send(new WebhookCall(action, run.migration(), freeze.deadline(), freeze.idempotencyKey(key)));
    }
}
