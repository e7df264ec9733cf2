/** The demonstration: a whole migration on this machine, as the command line starts and watches it. */
@NullMarked
package io.kraftlift.local.demo;

import org.jspecify.annotations.NullMarked;
