package io.kraftlift.core.config;

import java.util.List;

/**
 * Which topics move: those that match an include pattern and no exclude pattern. Patterns are globs ({@code *}, {@code
 * ?}); an empty include list means all. Internal topics never move.
 */
public record TopicSelection(List<String> include, List<String> exclude) {
    public TopicSelection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
