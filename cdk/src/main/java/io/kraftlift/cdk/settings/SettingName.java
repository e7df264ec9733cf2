package io.kraftlift.cdk.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The keys of CDK's context that are ours, {@code -c name=value}; each is documented in {@code docs/deploy.md}. */
public enum SettingName {
    QUALIFIER("[a-z][a-z0-9-]{0,19}", "1 to 20 of [a-z0-9-], starting with a letter", "orders"),
    VPC_ID("vpc-[0-9a-f]{8,17}", "the id of a VPC", "vpc-0a1b2c3d4e5f60718"),
    SUBNET_IDS("subnet-[0-9a-f]{8,17}", "ids of private subnets, comma separated", "subnet-0a1b2c3d,subnet-1a2b3c4d"),
    SECURITY_GROUP_IDS("sg-[0-9a-f]{8,17}", "ids of security groups, comma separated", "sg-0a1b2c3d"),
    BACKUP_BUCKET("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of a bucket", "orders-migration-backup"),
    EVIDENCE_BUCKET("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of a bucket", "orders-migration-evidence"),
    KMS_KEY_ARN(
            "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+",
            "the ARN of a KMS key, not of an alias",
            "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
    EVIDENCE_LOCK_DAYS("[1-9][0-9]{0,4}", "a whole number of days from 1 to 36500", "2557"),
    EVIDENCE_LOCK_MODE("GOVERNANCE|COMPLIANCE", "GOVERNANCE or COMPLIANCE", "GOVERNANCE"),
    SOURCE_CLUSTER_ARN(
            Arns.MSK_CLUSTER,
            "the ARN of an MSK cluster",
            "arn:aws:kafka:eu-west-1:111122223333:cluster/orders/uuid-1"),
    TARGET_CLUSTER_ARN(
            Arns.MSK_CLUSTER,
            "the ARN of an MSK cluster",
            "arn:aws:kafka:eu-west-1:111122223333:cluster/orders/uuid-2"),
    SECRET_ARNS(
            "arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+",
            "ARNs of secrets, comma separated",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_orders-a1b2c3"),
    SECRET_KEY_ARNS(
            "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+",
            "ARNs of the KMS keys that the secrets are encrypted with, comma separated",
            "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
    APPROVER_ARNS(
            "arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9/_+=,.@-]+",
            "ARNs of roles or users that may become the approver, comma separated",
            "arn:aws:iam::111122223333:role/platform-lead"),
    NOTIFY_EMAILS("[^@\\s,]+@[^@\\s,]+", "e-mail addresses, comma separated", "platform@example.com"),
    WORKER_IMAGE(
            "[a-z0-9][a-zA-Z0-9./:_-]*@sha256:[0-9a-f]{64}",
            "an image in a registry, named by its digest",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/kraftlift@sha256:…"),
    WORKER_IMAGE_TARBALL(".*\\.tar", "the path of what `docker save` wrote", "build/worker.tar"),
    WORKER_BASE_IMAGE(
            "[a-z0-9][a-zA-Z0-9./:_-]*@sha256:[0-9a-f]{64}",
            "a Java 25 image for arm64, named by its digest",
            "public.ecr.aws/amazoncorretto/amazoncorretto@sha256:…"),
    WORKER_FOLDER(".+", "the path of the folder with the workers' Dockerfile", "fargate-replicator"),
    FUNCTIONS_PACKAGE(".*\\.zip", "the path of the functions' package", "lambdas/target/kraftlift-functions.zip");

    private final Pattern legal;
    private final String rule;
    private final String example;

    SettingName(String legal, String rule, String example) {
        this.legal = Pattern.compile(legal);
        this.rule = rule;
        this.example = example;
    }

    /** As it stands in the context. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(SettingName::key).toList();
    }

    boolean accepts(String value) {
        return legal.matcher(value).matches();
    }

    String rule() {
        return rule;
    }

    String example() {
        return example;
    }

    private static final class Arns {
        private static final String MSK_CLUSTER =
                "arn:aws[a-z-]*:kafka:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9-]{1,64}/[A-Za-z0-9-]+";
    }
}
