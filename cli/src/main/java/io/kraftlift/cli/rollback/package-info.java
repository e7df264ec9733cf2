/** Giving a migration up before its commit. */
@NullMarked
package io.kraftlift.cli.rollback;

import org.jspecify.annotations.NullMarked;
