/** The five checks that say whether the target holds what the source held: pure, from facts to outcomes. */
@NullMarked
package io.kraftlift.core.validation;

import org.jspecify.annotations.NullMarked;
