/** Tests of who has a migration. */
@NullMarked
package io.kraftlift.access.ownership;

import org.jspecify.annotations.NullMarked;
