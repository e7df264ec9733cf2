/** A lane: one ordered stream of segments, written by one worker for its share of the partitions. */
@NullMarked
package io.kraftlift.core.lanes;

import org.jspecify.annotations.NullMarked;
