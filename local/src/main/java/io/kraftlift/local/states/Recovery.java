package io.kraftlift.local.states;

import java.util.List;
import java.util.Optional;

/** A state's {@code Retry} and {@code Catch}, in the order in which they are tried. */
record Recovery(List<Retrier> retriers, List<Catcher> catchers) {
    static final Recovery NONE = new Recovery(List.of(), List.of());

    Recovery {
        retriers = List.copyOf(retriers);
        catchers = List.copyOf(catchers);
    }

    Optional<Catcher> catcher(StateFailure failure) {
        return catchers.stream()
                .filter(catcher -> catcher.errors().matches(failure))
                .findFirst();
    }
}
