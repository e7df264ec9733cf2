/** What is drawn: progress, summary, and how quantities are written. Renderers are pure: records in, lines out. */
@NullMarked
package io.kraftlift.cli.screen;

import org.jspecify.annotations.NullMarked;
