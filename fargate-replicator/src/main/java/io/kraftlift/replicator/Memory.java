package io.kraftlift.replicator;

/** What a run may hold in memory, and the memory that it uses again. */
record Memory(Budget budget, SegmentMemory segments) {
    static Memory of(LaneWork work) {
        return new Memory(new Budget(work.settings(), work.slots()), SegmentMemory.of(work));
    }
}
