/** What an execution that has ended leaves to the next one, and how that is started. */
@NullMarked
package io.kraftlift.cli.takeover;

import org.jspecify.annotations.NullMarked;
