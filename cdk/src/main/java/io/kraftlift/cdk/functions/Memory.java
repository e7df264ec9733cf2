package io.kraftlift.cdk.functions;

/** How much memory a function has, and with it how much processor: Lambda gives a whole one at 1,769 MB. */
enum Memory {
    /** Reads and writes a few small objects. 512 MB hold the JVM, the SDK and the objects three times over. */
    SMALL(512),
    /** Starts Kafka's clients, in a third less time than with 512 MB; the inventory of 10,000 partitions takes 100 MB. */
    MEDIUM(1024),
    /** Works while producers are frozen, so it gets a whole processor: its start is what they wait for. */
    WHOLE_PROCESSOR(1769),
    /** Holds the offset maps and digests of all partitions at once. */
    LARGE(3008);

    private final int mebibytes;

    Memory(int mebibytes) {
        this.mebibytes = mebibytes;
    }

    int mebibytes() {
        return mebibytes;
    }
}
