package io.kraftlift.core.validation;

import com.fasterxml.jackson.annotation.JsonValue;

/** The checks, by the names they have in documents. */
public enum CheckName {
    TOPIC_PARITY("topic_parity"),
    COUNTS_AND_OFFSETS("counts_and_offsets"),
    /** Every record of every partition, by digest. */
    RECORDS("records"),
    /** Some records of every partition, byte for byte. */
    SPOT_CHECK_RECORDS("spot_check_records"),
    SENTINEL_PRESENCE("sentinel_presence"),
    CONSUMER_GROUP_RECONCILIATION("consumer_group_reconciliation");

    private final String word;

    CheckName(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
