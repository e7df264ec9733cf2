/** Finding a run, opening what it consists of, and talking to Step Functions about it. */
@NullMarked
package io.kraftlift.cli.runs;

import org.jspecify.annotations.NullMarked;
