/** DrainStatus: is the tail caught up? */
@NullMarked
package io.kraftlift.lambdas.drainstatus;

import org.jspecify.annotations.NullMarked;
