package io.kraftlift.core.inventory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Function;

/**
 * Something that was asked of a cluster or a store: the answer, or why there is none. Unknown is not the same as empty.
 *
 * @param <T> the answer
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reading")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reading.Known.class, name = "known"),
    @JsonSubTypes.Type(value = Reading.Unreadable.class, name = "unreadable")
})
public sealed interface Reading<T> {
    /** The answer. */
    record Known<T>(T value) implements Reading<T> {
        @Override
        public <R> R fold(Function<T, R> known, Function<String, R> unreadable) {
            return known.apply(value);
        }
    }

    /**
     * No answer.
     *
     * @param why a sentence for people, with what to change where that is known
     */
    record Unreadable<T>(String why) implements Reading<T> {
        @Override
        public <R> R fold(Function<T, R> known, Function<String, R> unreadable) {
            return unreadable.apply(why);
        }
    }

    static <T> Reading<T> known(T value) {
        return new Known<>(value);
    }

    static <T> Reading<T> unreadable(String why) {
        return new Unreadable<>(why);
    }

    /** What the first function makes of the answer, or the second of the reason. */
    <R> R fold(Function<T, R> known, Function<String, R> unreadable);

    /** The answer, or {@code otherwise}. */
    default T or(T otherwise) {
        return fold(Function.identity(), why -> otherwise);
    }
}
