/** Kafka's record batch (magic 2) as bytes: its header, its checksum, and the digest chain over a partition's batches. */
@NullMarked
package io.kraftlift.core.batches;

import org.jspecify.annotations.NullMarked;
