/** Consumer groups: what they have read on the source, and where they continue on the target. */
@NullMarked
package io.kraftlift.core.groups;

import org.jspecify.annotations.NullMarked;
