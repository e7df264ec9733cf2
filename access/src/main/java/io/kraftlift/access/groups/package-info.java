/** Consumer groups on real clusters: read all at once, commit side by side, read back. */
@NullMarked
package io.kraftlift.access.groups;

import org.jspecify.annotations.NullMarked;
