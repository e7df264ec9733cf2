/** Positions on the source, positions on the target, and the exact map between them. */
@NullMarked
package io.kraftlift.core.offsets;

import org.jspecify.annotations.NullMarked;
