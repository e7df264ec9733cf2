/** The data mover. */
@NullMarked
package io.kraftlift.replicator;

import org.jspecify.annotations.NullMarked;
