/** Gathers from clusters and objects the facts that validation judges. */
@NullMarked
package io.kraftlift.access.validation;

import org.jspecify.annotations.NullMarked;
