package io.kraftlift.core.precheck;

import java.util.List;

/**
 * What a precheck found, {@code results/precheck.json}.
 *
 * @param format 1
 * @param findings blockers first
 */
public record PrecheckReport(int format, List<Finding> findings) {
    public static final int FORMAT = 1;

    public PrecheckReport {
        if (format != FORMAT) {
            throw new IllegalArgumentException("precheck report: format must be 1, was " + format);
        }
        findings = findings.stream().sorted().toList();
    }

    public List<Finding> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    /** Whether the report itself has no place to be written to. */
    public boolean cannotBeKept() {
        return findings.stream().anyMatch(finding -> finding.code() == PrecheckCode.B07);
    }
}
