/** The definition of the migration and what both of its sides share. */
@NullMarked
package io.kraftlift.statemachine;

import org.jspecify.annotations.NullMarked;
