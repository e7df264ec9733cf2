package io.kraftlift.replicator;

/** A batch on its way to the target. Mutable, confined to the sending thread. */
final class Outgoing {
    final Step.Send send;
    final DurableSegment segment;
    Fate fate = Fate.IN_FLIGHT;

    enum Fate {
        IN_FLIGHT,
        AGAIN,
        LANDED
    }

    Outgoing(Step.Send send, DurableSegment segment) {
        this.send = send;
        this.segment = segment;
    }
}
