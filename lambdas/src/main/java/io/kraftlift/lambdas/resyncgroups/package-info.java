/** ResyncGroups: positions that still move on the source. */
@NullMarked
package io.kraftlift.lambdas.resyncgroups;

import org.jspecify.annotations.NullMarked;
