/** Reading clusters as an ordinary consumer does; shares no code with the copier. */
@NullMarked
package io.kraftlift.acceptance.records;

import org.jspecify.annotations.NullMarked;
