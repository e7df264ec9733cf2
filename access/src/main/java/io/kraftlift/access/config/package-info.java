/** Reading configuration files: the catalog of settings, references, and every error at once. */
@NullMarked
package io.kraftlift.access.config;

import org.jspecify.annotations.NullMarked;
