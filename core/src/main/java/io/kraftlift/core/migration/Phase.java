package io.kraftlift.core.migration;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a migration stands, in the words that operators see. */
public enum Phase {
    PLANNED("planned"),
    PRECHECK("precheck"),
    TOPOLOGY_COPY("topology_copy"),
    SEED("seed"),
    TAIL("tail"),
    DRAIN_READY("drain_ready"),
    CUTOVER("cutover"),
    AWAITING_CLIENT_SWITCH("awaiting_client_switch"),
    VALIDATING("validating"),
    FINALIZED("finalized"),
    ROLLED_BACK("rolled_back"),
    FAILED("failed");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
