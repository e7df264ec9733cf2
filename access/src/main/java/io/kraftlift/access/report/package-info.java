/** The account of a migration: gathered, signed, stored once, and rendered for people. */
@NullMarked
package io.kraftlift.access.report;

import org.jspecify.annotations.NullMarked;
