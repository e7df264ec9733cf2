/** Tests of planning and checking from the command line. */
@NullMarked
package io.kraftlift.cli.plan;

import org.jspecify.annotations.NullMarked;
