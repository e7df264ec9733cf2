/** The signed account of a migration, and what checking its signature can come to. */
@NullMarked
package io.kraftlift.core.evidence;

import org.jspecify.annotations.NullMarked;
