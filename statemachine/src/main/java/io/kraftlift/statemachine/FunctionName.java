package io.kraftlift.statemachine;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The Lambda functions, one per state that calls one. {@link #substitution()} is what stands in the definition as {@code
 * ${ClaimRunFunction}}; {@link #packageName()} is where its handler lives.
 */
public enum FunctionName {
    CLAIM_RUN,
    CLEAR_TARGET,
    PLAN,
    PRECHECK,
    COPY_TOPOLOGY,
    DRAIN_STATUS,
    OPEN_GATE,
    REHEARSE,
    FREEZE_PRODUCERS,
    PUBLISH_SENTINELS,
    AWAIT_DRAINED,
    TRANSLATE_OFFSETS,
    VERIFY_OFFSET_FLOOR,
    RESYNC_GROUPS,
    RECORD_DECISION,
    UNFREEZE,
    RELEASE_OVERDUE,
    ROLLBACK,
    VALIDATE,
    SEAL_EVIDENCE,
    SAFETY_NET,
    SEAL_HISTORY;

    /** Those that no state calls: rules do. */
    public static final Set<FunctionName> OUTSIDE_THE_DEFINITION =
            Collections.unmodifiableSet(EnumSet.of(SAFETY_NET, SEAL_HISTORY));

    /** In CamelCase: {@code ClaimRun}. */
    public String camelCase() {
        StringBuilder camel = new StringBuilder();
        Arrays.stream(name().split("_", -1))
                .forEach(word ->
                        camel.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT)));
        return camel.toString();
    }

    /** The definition's substitution for the function's ARN, without {@code ${}}. */
    public String substitution() {
        return camelCase() + "Function";
    }

    /** The package below {@code io.kraftlift.lambdas}: {@code claimrun}. */
    public String packageName() {
        return camelCase().toLowerCase(Locale.ROOT);
    }
}
