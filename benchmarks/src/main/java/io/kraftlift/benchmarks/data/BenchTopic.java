package io.kraftlift.benchmarks.data;

import java.util.Map;

/** The topics of the mixed data set. Sizes of batches and records are in bytes; a batch of 1 holds one record. */
public enum BenchTopic {
    PLAIN(4, Shape.of("none", 131_072, 1_000), 20, Kind.APPENDED),
    LZ4(4, Shape.of("lz4", 131_072, 500), 20, Kind.APPENDED),
    ZSTD(4, Shape.of("zstd", 131_072, 500), 18, Kind.APPENDED),
    GZIP(2, Shape.of("gzip", 131_072, 500), 8, Kind.APPENDED),
    SNAPPY(4, Shape.of("snappy", 65_536, 400), 10, Kind.APPENDED),
    LARGE(2, Shape.of("zstd", 524_288, 20_000), 8, Kind.APPENDED),
    MEDIUM(4, Shape.of("lz4", 16_384, 500), 8, Kind.APPENDED),
    SMALL(4, Shape.of("none", 1, 700), 2, Kind.APPENDED),
    COMPACTED(2, Shape.of("lz4", 65_536, 400), 3, Kind.COMPACTED),
    TRANSACTIONAL(4, Shape.of("lz4", 65_536, 500), 3, Kind.TRANSACTIONAL);

    /** How a topic's records come to be. */
    enum Kind {
        APPENDED,
        /** By key, with holes where the broker's cleaner was. */
        COMPACTED,
        /** In interleaved transactions, some of them aborted. */
        TRANSACTIONAL
    }

    private final int partitions;

    @SuppressWarnings("ImmutableEnumChecker") // a record of a string and two numbers
    private final Shape shape;

    private final int percent;
    private final Kind kind;

    BenchTopic(int partitions, Shape shape, int percent, Kind kind) {
        this.partitions = partitions;
        this.shape = shape;
        this.percent = percent;
        this.kind = kind;
    }

    /** How the source's producer writes it. */
    record Shape(String codec, int batchBytes, int recordBytes) {
        static Shape of(String codec, int batchBytes, int recordBytes) {
            return new Shape(codec, batchBytes, recordBytes);
        }
    }

    public String topic() {
        return "bench." + name().toLowerCase(java.util.Locale.ROOT);
    }

    public int partitions() {
        return partitions;
    }

    Shape shape() {
        return shape;
    }

    Kind kind() {
        return kind;
    }

    /** This topic's part of a data set of so many logical bytes. */
    long bytesOf(long logicalBytes) {
        return logicalBytes * percent / 100;
    }

    Map<String, String> configs() {
        if (kind == Kind.COMPACTED) {
            return Map.of(
                    "cleanup.policy", "compact",
                    "segment.bytes", "2097152",
                    "min.cleanable.dirty.ratio", "0.01");
        }
        return Map.of("retention.ms", "-1");
    }
}
