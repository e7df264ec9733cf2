/** ECS on this machine: the real worker as a process of its own. */
@NullMarked
package io.kraftlift.local.workers;

import org.jspecify.annotations.NullMarked;
