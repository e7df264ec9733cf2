/** What the topology's dry run prints. */
@NullMarked
package io.kraftlift.cli.topology;

import org.jspecify.annotations.NullMarked;
