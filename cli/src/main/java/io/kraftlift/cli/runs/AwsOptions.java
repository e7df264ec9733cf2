package io.kraftlift.cli.runs;

import io.kraftlift.access.aws.AwsSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say as whom AWS is asked, and where; named as those of the AWS CLI. */
public final class AwsOptions {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Region of AWS (default: the usual chain, such as AWS_REGION).")
    private @Nullable String region;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "Profile of AWS credentials (default: the usual chain).")
    private @Nullable String profile;

    /** Made by picocli. */
    public AwsOptions() {}

    /** What they say. */
    public AwsSession session() {
        return new AwsSession(Optional.ofNullable(region), Optional.ofNullable(profile));
    }
}
