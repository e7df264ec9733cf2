package io.kraftlift.testkit.signin;

import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.failures.FailureName;
import java.time.Instant;

/** Every way to be turned away by a cluster, or to turn away from it. */
public enum WrongWayIn {
    WRONG_PASSWORD(SignIn.SCRAM),
    UNKNOWN_CLIENT_CERTIFICATE(SignIn.MTLS),
    NO_CLIENT_CERTIFICATE(SignIn.MTLS),
    BROKER_CERTIFICATE_OF_STRANGERS(SignIn.TLS),
    WRONG_AWS_SECRET(SignIn.IAM),
    UNKNOWN_AWS_KEY(SignIn.IAM),
    ENDED_AWS_SESSION(SignIn.IAM),
    PASSWORD_WHERE_IAM_IS_WANTED(SignIn.IAM),
    PASSWORD_WHERE_A_CERTIFICATE_IS_WANTED(SignIn.TLS),
    PLAINTEXT_WHERE_TLS_IS_SPOKEN(SignIn.TLS),
    TLS_WHERE_PLAINTEXT_IS_SPOKEN(SignIn.TLS);

    private final SignIn listener;

    WrongWayIn(SignIn listener) {
        this.listener = listener;
    }

    /** The cluster and the settings that do not fit it. */
    public ClusterSettings to(KafkaCluster cluster, SignIns signIns) {
        String servers = this == TLS_WHERE_PLAINTEXT_IS_SPOKEN
                ? cluster.bootstrapServers()
                : cluster.bootstrapServers(listener.name());
        return new ClusterSettings(new ClusterLocation.Bootstrap(servers), auth(signIns));
    }

    private AuthSettings auth(SignIns signIns) {
        return switch (this) {
            case WRONG_PASSWORD -> signIns.wrongPassword();
            case UNKNOWN_CLIENT_CERTIFICATE -> signIns.mtlsOfStranger();
            case BROKER_CERTIFICATE_OF_STRANGERS -> signIns.tlsOfStrangers();
            case WRONG_AWS_SECRET, UNKNOWN_AWS_KEY, ENDED_AWS_SESSION -> signIns.auth(SignIn.IAM);
            case PASSWORD_WHERE_IAM_IS_WANTED, PASSWORD_WHERE_A_CERTIFICATE_IS_WANTED -> signIns.auth(SignIn.SCRAM);
            case PLAINTEXT_WHERE_TLS_IS_SPOKEN -> new AuthSettings.Plaintext();
            case NO_CLIENT_CERTIFICATE, TLS_WHERE_PLAINTEXT_IS_SPOKEN -> signIns.auth(SignIn.TLS);
        };
    }

    /** Makes the AWS identity that is part of it the process's, until it is closed. */
    public AwsIdentity assume(SignIns signIns) {
        return switch (this) {
            case WRONG_AWS_SECRET -> signIns.awsUser().withWrongSecret().assume();
            case UNKNOWN_AWS_KEY -> SignIns.unknownAwsUser().assume();
            case ENDED_AWS_SESSION -> signIns.awsSession(Instant.EPOCH).assume();
            default -> signIns.awsUser().assume();
        };
    }

    /** The name that the failure must have. */
    public FailureName failure() {
        return this == PLAINTEXT_WHERE_TLS_IS_SPOKEN || this == TLS_WHERE_PLAINTEXT_IS_SPOKEN
                ? FailureName.CONFIGURATION_WRONG
                : FailureName.ACCESS_DENIED;
    }
}
