/** Tests of the command line. */
@NullMarked
package io.kraftlift.cli;

import org.jspecify.annotations.NullMarked;
