/** What tests of several modules share. */
@NullMarked
package io.kraftlift.testkit;

import org.jspecify.annotations.NullMarked;
