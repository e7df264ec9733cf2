/** TranslateOffsets: every group's position, carried over. */
@NullMarked
package io.kraftlift.lambdas.translateoffsets;

import org.jspecify.annotations.NullMarked;
