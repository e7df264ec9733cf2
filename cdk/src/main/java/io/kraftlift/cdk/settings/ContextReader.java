package io.kraftlift.cdk.settings;

import io.kraftlift.core.config.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings from CDK's context, where they stand beside CDK's own entries. Every problem is reported at once:
 * unknown names with the one that was probably meant, values that break a rule, and settings that do not go together.
 */
public final class ContextReader {
    /** CDK's own, besides those that {@link #isOurs} tells by their shape. */
    private static final Set<String> OF_CDK = Set.of("cli-telemetry", "acknowledged-issue-numbers", "tree");

    private static final String DEFAULT_FOLDER = "fargate-replicator";

    private static final String DEFAULT_PACKAGE = "lambdas/target/kraftlift-functions.zip";

    /** Seven years, with their leap days. */
    private static final String DEFAULT_LOCK_DAYS = "2557";

    private static final int MOST_LOCK_DAYS = 36_500;

    private final List<String> problems = new ArrayList<>();
    private final Map<SettingName, List<String>> given = new EnumMap<>(SettingName.class);

    private ContextReader() {}

    /**
     * Reads.
     *
     * @throws SettingsRefused with every problem
     */
    public static DeploymentSettings read(Map<String, ?> context) {
        ContextReader reader = new ContextReader();
        new TreeMap<>(context).forEach(reader::take);
        DeploymentSettings settings = reader.settings();
        if (!reader.problems.isEmpty()) {
            throw new SettingsRefused(reader.problems);
        }
        return settings;
    }

    /** CDK's own names have a prefix with a colon or a slash: {@code aws:cdk:…}, {@code @aws-cdk/…}, {@code vpc-provider:…}. */
    private static boolean isOurs(String name) {
        return !name.contains(":") && !name.contains("/") && !OF_CDK.contains(name);
    }

    private void take(String name, @Nullable Object value) {
        if (!isOurs(name)) {
            return;
        }
        Optional<SettingName> known = Arrays.stream(SettingName.values())
                .filter(setting -> setting.key().equals(name))
                .findFirst();
        if (known.isEmpty()) {
            problems.add("context " + name + ": is no setting; "
                    + NearestName.of(name, SettingName.keys())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("the settings are " + String.join(", ", SettingName.keys())));
            return;
        }
        SettingName setting = known.get();
        List<String> values = valuesOf(value);
        for (String one : values) {
            if (!setting.accepts(one)) {
                problems.add("context " + name + ": must be " + setting.rule() + ", was \"" + one + "\"; write it like "
                        + setting.example());
            }
        }
        given.put(setting, values);
    }

    /** Of the command line a text with commas, of {@code cdk.json} a list too. */
    private static List<String> valuesOf(@Nullable Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(String::valueOf).toList();
        }
        return Arrays.stream(String.valueOf(value).split(",", -1))
                .map(String::strip)
                .toList();
    }

    private DeploymentSettings settings() {
        return new DeploymentSettings(
                one(SettingName.QUALIFIER).orElse("main"),
                network(),
                storage(),
                new AccessSettings(
                        one(SettingName.SOURCE_CLUSTER_ARN).orElse(null),
                        one(SettingName.TARGET_CLUSTER_ARN).orElse(null),
                        all(SettingName.SECRET_ARNS),
                        all(SettingName.SECRET_KEY_ARNS),
                        all(SettingName.APPROVER_ARNS)),
                workerImage(),
                one(SettingName.FUNCTIONS_PACKAGE).orElse(DEFAULT_PACKAGE),
                all(SettingName.NOTIFY_EMAILS));
    }

    private NetworkSettings network() {
        Optional<String> vpc = one(SettingName.VPC_ID);
        if (vpc.isEmpty()) {
            needs(SettingName.SUBNET_IDS, SettingName.VPC_ID);
            needs(SettingName.SECURITY_GROUP_IDS, SettingName.VPC_ID);
            return new NetworkSettings.Made();
        }
        needs(SettingName.VPC_ID, SettingName.SUBNET_IDS);
        return new NetworkSettings.Brought(vpc.get(), all(SettingName.SUBNET_IDS), all(SettingName.SECURITY_GROUP_IDS));
    }

    private StorageSettings storage() {
        String days = one(SettingName.EVIDENCE_LOCK_DAYS).orElse(DEFAULT_LOCK_DAYS);
        String mode = one(SettingName.EVIDENCE_LOCK_MODE).orElse(StorageSettings.LockMode.GOVERNANCE.name());
        if (given.containsKey(SettingName.EVIDENCE_BUCKET)) {
            excludes(SettingName.EVIDENCE_BUCKET, SettingName.EVIDENCE_LOCK_DAYS);
            excludes(SettingName.EVIDENCE_BUCKET, SettingName.EVIDENCE_LOCK_MODE);
        }
        return new StorageSettings(
                one(SettingName.BACKUP_BUCKET).orElse(null),
                one(SettingName.EVIDENCE_BUCKET).orElse(null),
                one(SettingName.KMS_KEY_ARN).orElse(null),
                lockDays(days),
                SettingName.EVIDENCE_LOCK_MODE.accepts(mode)
                        ? StorageSettings.LockMode.valueOf(mode)
                        : StorageSettings.LockMode.GOVERNANCE);
    }

    private int lockDays(String days) {
        if (!SettingName.EVIDENCE_LOCK_DAYS.accepts(days)) {
            return 1;
        }
        int number = Integer.parseInt(days);
        if (number > MOST_LOCK_DAYS) {
            problems.add("context " + SettingName.EVIDENCE_LOCK_DAYS.key() + ": must be "
                    + SettingName.EVIDENCE_LOCK_DAYS.rule() + ", was " + days + "; a century is what S3 takes");
        }
        return number;
    }

    private WorkerImage workerImage() {
        excludes(SettingName.WORKER_IMAGE, SettingName.WORKER_IMAGE_TARBALL);
        excludes(SettingName.WORKER_IMAGE, SettingName.WORKER_BASE_IMAGE);
        excludes(SettingName.WORKER_IMAGE_TARBALL, SettingName.WORKER_BASE_IMAGE);
        return one(SettingName.WORKER_IMAGE)
                .<WorkerImage>map(WorkerImage.Registry::new)
                .or(() -> one(SettingName.WORKER_IMAGE_TARBALL).map(WorkerImage.Tarball::new))
                .orElseGet(() -> new WorkerImage.Built(
                        one(SettingName.WORKER_BASE_IMAGE),
                        one(SettingName.WORKER_FOLDER).orElse(DEFAULT_FOLDER)));
    }

    private void needs(SettingName setting, SettingName other) {
        if (given.containsKey(setting) && !given.containsKey(other)) {
            problems.add("context " + setting.key() + ": stands with " + other.key()
                    + " only, which is missing; add -c " + other.key() + "=" + other.example());
        }
    }

    private void excludes(SettingName setting, SettingName other) {
        if (given.containsKey(setting) && given.containsKey(other)) {
            problems.add(
                    "context " + setting.key() + ": must not stand beside " + other.key() + "; remove one of them");
        }
    }

    private Optional<String> one(SettingName setting) {
        List<String> values = all(setting);
        if (values.size() > 1) {
            problems.add("context " + setting.key() + ": must be one value, were " + values.size() + "; keep one");
        }
        return values.stream().findFirst();
    }

    private List<String> all(SettingName setting) {
        return given.getOrDefault(setting, List.of());
    }
}
