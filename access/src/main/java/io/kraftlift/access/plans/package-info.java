/** The plan's lanes as they are stored: the plan itself, and the extensions that came after it. */
@NullMarked
package io.kraftlift.access.plans;

import org.jspecify.annotations.NullMarked;
