package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.Reading;
import java.util.List;

/** Which rights that the migration needs its principals have not, by side. */
public record RightsFacts(Reading<List<MissingRight>> source, Reading<List<MissingRight>> target) {}
