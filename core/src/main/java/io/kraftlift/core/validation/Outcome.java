package io.kraftlift.core.validation;

import java.util.Collection;

/** What a check came to, from best to worst. */
public enum Outcome {
    /** Made, and nothing is wrong. */
    PASSED,
    /** Made; something is to be known, and nothing was lost by the copy. */
    WARNING,
    /** Something is wrong, or the check could not be made. */
    FAILED;

    /** The worst of several; {@link #FAILED} of none, because nothing was shown. */
    public static Outcome worst(Collection<Outcome> outcomes) {
        return outcomes.stream().max(Outcome::compareTo).orElse(FAILED);
    }
}
