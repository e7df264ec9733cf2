package io.kraftlift.core.groups;

import io.kraftlift.core.offsets.SourceOffset;

/**
 * What a group has committed for a partition of the source.
 *
 * @param offset the next offset it will read
 * @param metadata the text that the application committed with it; empty when there is none
 */
public record CommittedPosition(SourceOffset offset, String metadata) {}
