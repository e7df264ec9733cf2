/** PublishSentinels: the end of every partition. */
@NullMarked
package io.kraftlift.lambdas.publishsentinels;

import org.jspecify.annotations.NullMarked;
