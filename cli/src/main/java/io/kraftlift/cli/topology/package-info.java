/** {@code kraftlift topology}: the dry run of the topology copy. */
@NullMarked
package io.kraftlift.cli.topology;

import org.jspecify.annotations.NullMarked;
