package io.kraftlift.cli.plan;

import io.kraftlift.access.plan.Artifact;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which artifacts are asked for. */
enum ArtifactFormat {
    ALL("all"),
    JSON("json"),
    RUNBOOK("runbook"),
    AWS_CLI("aws-cli"),
    IAM_POLICY("iam-policy"),
    COST("cost");

    private final String word;

    ArtifactFormat(String word) {
        this.word = word;
    }

    boolean has(Artifact artifact) {
        return this == ALL || this == of(artifact);
    }

    private static ArtifactFormat of(Artifact artifact) {
        return switch (artifact) {
            case PLAN -> JSON;
            case RUNBOOK -> RUNBOOK;
            case AWS_CLI -> AWS_CLI;
            case POLICY_TEMPLATED, POLICY_CONCRETE -> IAM_POLICY;
            case COST -> COST;
        };
    }

    /** The words on the command line. */
    static final class Words implements ITypeConverter<ArtifactFormat>, Iterable<String> {
        Words() {}

        @Override
        public ArtifactFormat convert(String word) {
            return Arrays.stream(values())
                    .filter(format -> format.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("must be one of "
                            + Arrays.stream(values()).map(format -> format.word).collect(Collectors.joining(", "))
                            + ", was \"" + word + "\""));
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(format -> format.word).iterator();
        }
    }
}
