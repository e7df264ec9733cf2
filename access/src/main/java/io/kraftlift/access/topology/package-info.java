/** What a migration would change on the target, and what a person has to do there, read from two real clusters. */
@NullMarked
package io.kraftlift.access.topology;

import org.jspecify.annotations.NullMarked;
