package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.TargetOffset;

/**
 * Where a partition on the target is first another than its lane's copy.
 *
 * @param at of the record, or of the batch where no record of it can be told apart
 * @param how what is wrong there, with the source offset of the record that should be there
 */
public record FirstDifference(TargetOffset at, String how) {}
