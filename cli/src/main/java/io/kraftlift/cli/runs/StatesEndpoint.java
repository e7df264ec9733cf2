package io.kraftlift.cli.runs;

import io.kraftlift.access.aws.AwsSession;
import java.net.URI;
import java.util.Optional;

/**
 * Where Step Functions answers, and as whom it is asked.
 *
 * @param uri empty for Step Functions in AWS
 */
public record StatesEndpoint(Optional<URI> uri, AwsSession session) {
    /** Step Functions in AWS, or wherever the AWS SDK's own settings say. */
    public static StatesEndpoint inAws(AwsSession session) {
        return new StatesEndpoint(Optional.empty(), session);
    }

    /** Whether it is an embedded run's, on loopback, which knows no identities. */
    public boolean isEmbedded() {
        return uri.map(StatesEndpoint::hostOf)
                .filter(host -> host.equals("localhost") || host.equals("[::1]") || host.startsWith("127."))
                .isPresent();
    }

    private static String hostOf(URI uri) {
        return String.valueOf(uri.getHost());
    }

    /** A command of the AWS CLI for Step Functions, with what leads it here. */
    public String command(String operationAndOptions) {
        return "aws stepfunctions " + operationAndOptions + ShellWord.option("--endpoint-url", uri) + sessionOptions();
    }

    /** A command of the AWS CLI for another service, such as {@code s3 cp}. */
    public String commandOf(String serviceAndOptions) {
        return "aws " + serviceAndOptions + sessionOptions();
    }

    /** The options that lead a command of ours here, each after a space. */
    public String options() {
        return ShellWord.option("--endpoint-url", uri) + sessionOptions();
    }

    /** The session's options, each after a space; kraftlift and the AWS CLI call them the same. */
    String sessionOptions() {
        return ShellWord.option("--region", session.region()) + ShellWord.option("--profile", session.profile());
    }
}
