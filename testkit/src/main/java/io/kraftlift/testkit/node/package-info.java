/** The npm packages that tests ask for a second opinion. */
@NullMarked
package io.kraftlift.testkit.node;

import org.jspecify.annotations.NullMarked;
