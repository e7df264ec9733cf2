/** The kraftlift command. */
@NullMarked
package io.kraftlift.cli;

import org.jspecify.annotations.NullMarked;
