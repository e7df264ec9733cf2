/** Checking evidence, offline. */
@NullMarked
package io.kraftlift.cli.verify;

import org.jspecify.annotations.NullMarked;
