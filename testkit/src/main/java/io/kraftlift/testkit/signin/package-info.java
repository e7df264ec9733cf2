/** The ways to sign in to a broker, with everything that both sides need for them. */
@NullMarked
package io.kraftlift.testkit.signin;

import org.jspecify.annotations.NullMarked;
