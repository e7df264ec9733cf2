/** Tests of what is drawn, on exact output. */
@NullMarked
package io.kraftlift.cli.screen;

import org.jspecify.annotations.NullMarked;
