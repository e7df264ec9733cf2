package io.kraftlift.cdk.storage;

import io.kraftlift.cdk.permissions.StoreAccess;
import io.kraftlift.cdk.permissions.StorePart;
import io.kraftlift.cdk.review.Accepted;
import io.kraftlift.cdk.settings.StorageSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.s3.StorageClass;
import software.amazon.awscdk.services.s3.Transition;
import software.constructs.Construct;

/**
 * The backup store, which has segments, plan, status, gates and results, and the evidence store. Both outlive the stack. A
 * bucket that is brought keeps its own policy, lifecycle and lock.
 */
public final class Storage extends Construct {
    /** Segments are replayed soon after they were written or never. */
    private static final int DAYS_AT_HAND = 30;

    /** An execution lasts a year at most, and nothing that it may read again goes before. */
    private static final int DAYS_KEPT = 400;

    private final StorageSettings settings;
    private final @Nullable IKey key;
    private final IBucket backup;
    private final IBucket evidence;

    /**
     * Makes what is not brought.
     *
     * @param approver the one role that may read task tokens
     */
    public Storage(Construct scope, String id, StorageSettings settings, IRole approver) {
        super(scope, id);
        this.settings = settings;
        this.key = settings.kmsKeyArn() == null ? null : Key.fromKeyArn(this, "Key", settings.kmsKeyArn());
        boolean makesOne = settings.backupBucket() == null || settings.evidenceBucket() == null;
        @Nullable Bucket accessLogs = makesOne ? accessLogs() : null;
        this.backup = settings.backupBucket() == null
                ? madeBackup(accessLogs, approver)
                : Bucket.fromBucketName(this, "Backup", settings.backupBucket());
        this.evidence = settings.evidenceBucket() == null
                ? madeEvidence(accessLogs)
                : Bucket.fromBucketName(this, "Evidence", settings.evidenceBucket());
    }

    public IBucket backup() {
        return backup;
    }

    public IBucket evidence() {
        return evidence;
    }

    /** What lets a role do so much in the backup store. */
    public List<PolicyStatement> inBackup(StoreAccess access) {
        return access.statements(backup.getBucketArn(), settings.kmsKeyArn());
    }

    /** What lets a role write these parts of the evidence store; nothing where there are none. */
    public List<PolicyStatement> inEvidence(Set<StorePart> writes) {
        return writes.isEmpty()
                ? List.of()
                : new StoreAccess(Set.of(), writes).statements(evidence.getBucketArn(), settings.kmsKeyArn());
    }

    private Bucket madeBackup(@Nullable Bucket accessLogs, IRole approver) {
        Bucket made = usual("Backup", accessLogs)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("segments")
                        .transitions(List.of(Transition.builder()
                                .storageClass(StorageClass.INFREQUENT_ACCESS)
                                .transitionAfter(Duration.days(DAYS_AT_HAND))
                                .build()))
                        .expiration(Duration.days(DAYS_KEPT))
                        .noncurrentVersionExpiration(Duration.days(DAYS_AT_HAND))
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
                .build();
        showInEvents(made);
        made.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("OnlyTheApproverReadsTokens")
                .effect(Effect.DENY)
                .principals(List.of(new AnyPrincipal()))
                .actions(List.of("s3:GetObject", "s3:GetObjectVersion"))
                .resources(StorePart.TOKENS.patterns().stream()
                        .map(made::arnForObjects)
                        .toList())
                .conditions(Map.of("ArnNotEquals", Map.of("aws:PrincipalArn", approver.getRoleArn())))
                .build());
        return made;
    }

    /** Gates, results and evidence show as events, which the notices are made of. The bucket itself can do it; CDK adds a function. */
    private static void showInEvents(Bucket bucket) {
        CfnBucket resource = (CfnBucket) Objects.requireNonNull(bucket.getNode().getDefaultChild());
        resource.setNotificationConfiguration(CfnBucket.NotificationConfigurationProperty.builder()
                .eventBridgeConfiguration(CfnBucket.EventBridgeConfigurationProperty.builder()
                        .eventBridgeEnabled(true)
                        .build())
                .build());
    }

    private Bucket madeEvidence(@Nullable Bucket accessLogs) {
        Duration locked = Duration.days(settings.evidenceLockDays());
        Bucket made = usual("Evidence", accessLogs)
                .objectLockEnabled(true)
                .objectLockDefaultRetention(
                        settings.evidenceLockMode() == StorageSettings.LockMode.COMPLIANCE
                                ? ObjectLockRetention.compliance(locked)
                                : ObjectLockRetention.governance(locked))
                .build();
        showInEvents(made);
        return made;
    }

    private Bucket.Builder usual(String id, @Nullable Bucket accessLogs) {
        Bucket.Builder builder = Bucket.Builder.create(this, id)
                .versioned(true)
                .encryption(key == null ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS)
                .bucketKeyEnabled(key != null)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .removalPolicy(RemovalPolicy.RETAIN);
        if (key != null) {
            builder.encryptionKey(key);
        }
        if (accessLogs != null) {
            builder.serverAccessLogsBucket(accessLogs).serverAccessLogsPrefix(id.toLowerCase(Locale.ROOT) + "/");
        }
        return builder;
    }

    /** Who read a token is a question that comes afterwards. */
    private Bucket accessLogs() {
        Bucket made = Bucket.Builder.create(this, "AccessLogs")
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("access-logs")
                        .expiration(Duration.days(DAYS_KEPT))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Accepted.finding(
                made,
                "AwsSolutions-S1",
                "It is where the access logs go; a bucket that logs itself never stops logging.");
        return made;
    }
}
