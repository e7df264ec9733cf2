/** Letting a migration go on whose execution has ended, or beginning it anew. */
@NullMarked
package io.kraftlift.cli.resume;

import org.jspecify.annotations.NullMarked;
