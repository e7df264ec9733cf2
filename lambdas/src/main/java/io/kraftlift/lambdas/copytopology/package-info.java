/** CopyTopology: topics, ACLs and quotas on the target, and the end of what is held while copying. */
@NullMarked
package io.kraftlift.lambdas.copytopology;

import org.jspecify.annotations.NullMarked;
