package io.kraftlift.core.plan.artifacts;

/** How words are written in a shell's script. */
final class Shell {
    private Shell() {}

    /** A word that stands for itself, whatever is in it. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
