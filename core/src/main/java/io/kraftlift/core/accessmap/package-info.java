/** What a source's ACLs come to as IAM policies of an MSK target, and what has no equal there. Nothing is applied. */
@NullMarked
package io.kraftlift.core.accessmap;

import org.jspecify.annotations.NullMarked;
