package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import java.net.URI;

/** Whoever can stop the producers: what answers at the configured webhook or, where there is none, a person. */
interface ProducersSide {
    /** The one that the configuration names. */
    static ProducersSide of(MigrationRun run) {
        URI address = run.config().cutover().producerFreezeWebhook();
        return address == null ? new ProducersByHand(run) : new ProducersBehindWebhook(run, address);
    }

    /** Has the producers stopped. */
    void freeze(Freeze freeze) throws InterruptedException;

    /** Has them go on. */
    void unfreeze(Freeze freeze) throws InterruptedException;

    /** The same once more, to be taken for no repetition: producers may have been stopped after they were let go on. */
    void unfreezeAgain(Freeze freeze) throws InterruptedException;

    /** A cutover was given up without a freeze to release; who stopped producers beforehand must let them go on. */
    void releaseWithoutFreeze();
}
