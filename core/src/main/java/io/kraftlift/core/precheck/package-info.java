/** The findings that decide whether a migration may begin, as rules over facts. */
@NullMarked
package io.kraftlift.core.precheck;

import org.jspecify.annotations.NullMarked;
