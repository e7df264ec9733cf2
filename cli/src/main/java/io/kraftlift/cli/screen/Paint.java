package io.kraftlift.cli.screen;

/** Colours, where they are wanted. */
public enum Paint {
    GREEN("32"),
    YELLOW("33"),
    RED("31"),
    BOLD("1"),
    DIM("2");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    String on(String text, boolean colours) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
