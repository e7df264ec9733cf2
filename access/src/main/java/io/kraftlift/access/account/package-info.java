/** What AWS says about an account: the stack of a deployment, and who asks. */
@NullMarked
package io.kraftlift.access.account;

import org.jspecify.annotations.NullMarked;
