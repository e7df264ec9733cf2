/** The rules between modules and within packages. */
@NullMarked
package io.kraftlift.acceptance.architecture;

import org.jspecify.annotations.NullMarked;
