/** The workers' cluster, image and task. */
@NullMarked
package io.kraftlift.cdk.workers;

import org.jspecify.annotations.NullMarked;
