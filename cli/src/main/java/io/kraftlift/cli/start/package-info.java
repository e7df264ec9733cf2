/** Starting a migration of a deployment. */
@NullMarked
package io.kraftlift.cli.start;

import org.jspecify.annotations.NullMarked;
