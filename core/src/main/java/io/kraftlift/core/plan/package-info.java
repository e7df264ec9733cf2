/** The plan of a migration: which topics move, how they are made on the target, and who copies what. */
@NullMarked
package io.kraftlift.core.plan;

import org.jspecify.annotations.NullMarked;
