package io.kraftlift.acceptance.night;

import io.kraftlift.local.workload.FreezeWebhook;
import io.kraftlift.local.workload.LiveProducer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The producers' side, which does what it is asked, or not. */
final class Producers implements FreezeWebhook.Application {
    /** Longer than all tries of one call together. */
    private static final long HANGS_SECONDS = 11;

    private final LiveProducer producer;
    private volatile Manner manner = Manner.OBEYS;

    Producers(LiveProducer producer) {
        this.producer = producer;
    }

    /** How a freeze is answered; an unfreeze is always obeyed. */
    enum Manner {
        OBEYS,
        /** Status 500. */
        REFUSES,
        /** No answer in time, and frozen in the end. */
        HANGS,
        /** Status 200, and goes on writing. */
        LIES
    }

    void behave(Manner next) {
        manner = next;
    }

    @Override
    public void freeze() {
        switch (manner) {
            case OBEYS -> producer.freeze();
            case REFUSES -> throw new IllegalStateException("refused");
            case HANGS -> {
                hang();
                producer.freeze();
            }
            case LIES -> {}
        }
    }

    @Override
    public void unfreeze() {
        producer.unfreeze();
    }

    private static void hang() {
        try {
            boolean unused = new CountDownLatch(1).await(HANGS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
