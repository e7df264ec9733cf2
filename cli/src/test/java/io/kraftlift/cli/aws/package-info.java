/** AWS on loopback, as far as the commands ask it. */
@NullMarked
package io.kraftlift.cli.aws;

import org.jspecify.annotations.NullMarked;
