/** The embedded run. */
@NullMarked
package io.kraftlift.local;

import org.jspecify.annotations.NullMarked;
