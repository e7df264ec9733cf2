/** The night of the cutover, and the ways in which it goes wrong, on the whole machine. */
@NullMarked
package io.kraftlift.acceptance.night;

import org.jspecify.annotations.NullMarked;
