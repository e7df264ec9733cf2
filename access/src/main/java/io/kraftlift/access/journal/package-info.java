/** The append-only account of a migration. */
@NullMarked
package io.kraftlift.access.journal;

import org.jspecify.annotations.NullMarked;
