package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;

/**
 * How far a partition's copy is, as of some segment.
 *
 * @param sourceNext the next source offset to fetch; everything below was copied or deliberately left out
 * @param targetNext the target's log end
 * @param records records copied so far; {@code targetNext} minus the target's start
 * @param bytes bytes of record batches copied so far
 * @param digest the digest chain over every batch so far, see {@code docs/formats.md}
 */
public record PartitionProgress(
        SourceOffset sourceNext, TargetOffset targetNext, long records, long bytes, Sha256 digest) {}
