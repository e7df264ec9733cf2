/** A migration as a whole: its name, its phases, and where its objects lie. */
@NullMarked
package io.kraftlift.core.migration;

import org.jspecify.annotations.NullMarked;
