/** Tests of finding runs and talking about them. */
@NullMarked
package io.kraftlift.cli.runs;

import org.jspecify.annotations.NullMarked;
