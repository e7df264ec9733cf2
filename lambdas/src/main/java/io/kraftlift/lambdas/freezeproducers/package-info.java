/** FreezeProducers: ask, then prove. */
@NullMarked
package io.kraftlift.lambdas.freezeproducers;

import org.jspecify.annotations.NullMarked;
