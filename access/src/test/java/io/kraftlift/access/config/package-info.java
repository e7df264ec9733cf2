/** Tests of reading configuration files. */
@NullMarked
package io.kraftlift.access.config;

import org.jspecify.annotations.NullMarked;
