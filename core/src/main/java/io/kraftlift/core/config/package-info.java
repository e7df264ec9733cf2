/** The settings of a migration: one tree of records, with units in the types. */
@NullMarked
package io.kraftlift.core.config;

import org.jspecify.annotations.NullMarked;
