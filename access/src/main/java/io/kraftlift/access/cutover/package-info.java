/** The steps of the cutover, on real clusters and the run's objects. */
@NullMarked
package io.kraftlift.access.cutover;

import org.jspecify.annotations.NullMarked;
