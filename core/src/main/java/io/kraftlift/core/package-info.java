/** The domain of a migration, split by noun; this package itself is empty. */
@NullMarked
package io.kraftlift.core;

import org.jspecify.annotations.NullMarked;
