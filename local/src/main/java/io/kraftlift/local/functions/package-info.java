/** Lambda on this machine: the real handlers behind their JSON boundary. */
@NullMarked
package io.kraftlift.local.functions;

import org.jspecify.annotations.NullMarked;
