/** What all AWS services have in common for us: how calls are tried, and how their failures read. */
@NullMarked
package io.kraftlift.access.aws;

import org.jspecify.annotations.NullMarked;
