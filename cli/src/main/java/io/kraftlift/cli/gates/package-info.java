/** Deciding at a gate: what is asked, the question to the person, and the answer to Step Functions. */
@NullMarked
package io.kraftlift.cli.gates;

import org.jspecify.annotations.NullMarked;
