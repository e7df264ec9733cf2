package io.kraftlift.core.plan.artifacts;

import static io.kraftlift.core.plan.artifacts.Shell.quoted;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.BrokerSetting;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.msk.MskProvisioned;
import io.kraftlift.core.plan.MskFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes {@code plan/aws-cli.sh}: what has to be there in AWS before the migration begins. The script looks before it
 * changes, so that running it again changes nothing; and what it may not decide, it says.
 */
public final class AwsScript {
    private static final String FUNCTIONS = """
            say() { printf '%s\\n' "$*"; }

            # What only a person can settle. The script goes on, and ends with 1.
            open_points=0
            ask() {
              printf 'TO DO: %s\\n' "$*" >&2
              open_points=$((open_points + 1))
            }
            """;

    private static final String BUCKET_FUNCTIONS = """

            # bucket NAME KMS_KEY OBJECT_LOCK(yes|no)
            bucket() {
              local name="$1" key="$2" lock="$3" encryption policy made=no
              if aws s3api head-bucket --bucket "$name" >/dev/null 2>&1; then
                say "bucket $name: is there"
              else
                local create=(aws s3api create-bucket --bucket "$name" --region "$REGION")
                if [ "$REGION" != us-east-1 ]; then
                  create+=(--create-bucket-configuration "LocationConstraint=$REGION")
                fi
                if [ "$lock" = yes ]; then
                  create+=(--object-lock-enabled-for-bucket)
                fi
                "${create[@]}" >/dev/null
                made=yes
                aws s3api put-public-access-block --bucket "$name" --public-access-block-configuration \\
                  BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
                if [ -n "$key" ]; then
                  encryption='{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"'"$key"'"},"BucketKeyEnabled":true}]}'
                  aws s3api put-bucket-encryption --bucket "$name" --server-side-encryption-configuration "$encryption"
                fi
                policy='{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*",'
                policy+='"Resource":["arn:aws:s3:::'"$name"'","arn:aws:s3:::'"$name"'/*"],'
                policy+='"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}'
                aws s3api put-bucket-policy --bucket "$name" --policy "$policy"
                say "bucket $name: created, for encrypted connections only"
              fi
              if [ "$(aws s3api get-bucket-versioning --bucket "$name" --query Status --output text)" = Enabled ]; then
                say "bucket $name: is versioned"
              else
                aws s3api put-bucket-versioning --bucket "$name" --versioning-configuration Status=Enabled
                say "bucket $name: versioning turned on"
              fi
              # Gates and evidence are noticed by these events.
              if [ "$(aws s3api get-bucket-notification-configuration --bucket "$name" \\
                --query 'EventBridgeConfiguration != null' --output json)" = true ]; then
                say "bucket $name: tells EventBridge"
              elif [ "$made" = yes ]; then
                aws s3api put-bucket-notification-configuration --bucket "$name" \\
                  --notification-configuration '{"EventBridgeConfiguration":{}}'
                say "bucket $name: tells EventBridge from now on"
              else
                ask "bucket $name does not tell EventBridge: switch that on in its properties, beside the notifications that it has"
              fi
              if [ "$lock" = yes ] && ! aws s3api get-object-lock-configuration --bucket "$name" >/dev/null 2>&1; then
                ask "bucket $name has no Object Lock, and cannot be without it again once it is turned on: decide, then" \\
                  "aws s3api put-object-lock-configuration --bucket $name --object-lock-configuration ObjectLockEnabled=Enabled"
              fi
            }
            """;

    private static final String CONFIGURATION_FUNCTIONS = """

            # target_configuration NAME KAFKA_VERSION: a configuration of that name with the properties of standard input.
            target_configuration() {
              local name="$1" version="$2" properties file arn revision there current
              properties="$(cat)"
              file="$(mktemp)"
              printf '%s\\n' "$properties" >"$file"
              # As JSON: in text, a query is asked of each page by itself.
              arn="$(aws kafka list-configurations --region "$TARGET_REGION" \\
                --query "Configurations[?Name=='$name'].Arn | [0] || ''" --output json)"
              arn="${arn//\\"/}"
              if [ -z "$arn" ]; then
                arn="$(aws kafka create-configuration --region "$TARGET_REGION" --name "$name" \\
                  --kafka-versions "$version" --server-properties "fileb://$file" --query Arn --output text)"
                revision=1
                say "configuration $name: created"
              else
                revision="$(aws kafka describe-configuration --region "$TARGET_REGION" --arn "$arn" \\
                  --query LatestRevision.Revision --output text)"
                there="$(aws kafka describe-configuration-revision --region "$TARGET_REGION" --arn "$arn" \\
                  --revision "$revision" --query ServerProperties --output text | base64 --decode)"
                if [ "$there" = "$properties" ]; then
                  say "configuration $name: is as it has to be"
                else
                  revision="$(aws kafka update-configuration --region "$TARGET_REGION" --arn "$arn" \\
                    --server-properties "fileb://$file" --query LatestRevision.Revision --output text)"
                  say "configuration $name: revision $revision made"
                fi
              fi
              rm -f "$file"
              current="$(aws kafka describe-cluster-v2 --region "$TARGET_REGION" --cluster-arn "$TARGET" \\
                --query 'ClusterInfo.Provisioned.CurrentBrokerSoftwareInfo.[ConfigurationArn,ConfigurationRevision]' \\
                --output text)"
              if [ "$current" = "$arn"$'\\t'"$revision" ]; then
                say "target: runs with it"
              else
                # MSK restarts the target's brokers one after the other.
                aws kafka update-cluster-configuration --region "$TARGET_REGION" --cluster-arn "$TARGET" \\
                  --configuration-info "Arn=$arn,Revision=$revision" \\
                  --current-version "$(aws kafka describe-cluster-v2 --region "$TARGET_REGION" --cluster-arn "$TARGET" \\
                    --query ClusterInfo.CurrentVersion --output text)" >/dev/null
                say "target: MSK rolls it out; wait until the cluster is ACTIVE again"
              fi
            }
            """;

    private static final String SCRAM_FUNCTIONS = """

            # scram_secret ARN: lets the target know the user of a secret. No password is read.
            scram_secret() {
              if [ "$(aws kafka list-scram-secrets --region "$TARGET_REGION" --cluster-arn "$TARGET" \\
                --query "length(SecretArnList[?@=='$1'])" --output json)" != 0 ]; then
                say "secret $1: is associated"
              else
                aws kafka batch-associate-scram-secret --region "$TARGET_REGION" --cluster-arn "$TARGET" \\
                  --secret-arn-list "$1" >/dev/null
                say "secret $1: associated"
              fi
            }
            """;

    private static final String NETWORK_FUNCTIONS = """

            # let_in REGION CLUSTER_ARN PORT: lets the workers and functions reach a cluster's brokers.
            let_in() {
              local region="$1" cluster="$2" port="$3" group
              for group in $(aws kafka describe-cluster-v2 --region "$region" --cluster-arn "$cluster" \\
                --query ClusterInfo.Provisioned.BrokerNodeGroupInfo.SecurityGroups --output text); do
                if [ "$(aws ec2 describe-security-group-rules --region "$region" \\
                  --filters "Name=group-id,Values=$group" \\
                  --query "length(SecurityGroupRules[?!IsEgress && IpProtocol=='tcp' && FromPort==\\`$port\\` && ToPort==\\`$port\\` && ReferencedGroupInfo.GroupId=='$WORKER_SECURITY_GROUP'])" \\
                  --output json)" != 0 ]; then
                  say "security group $group: lets $WORKER_SECURITY_GROUP in at $port"
                else
                  aws ec2 authorize-security-group-ingress --region "$region" --group-id "$group" --protocol tcp \\
                    --port "$port" --source-group "$WORKER_SECURITY_GROUP" >/dev/null
                  say "security group $group: now lets $WORKER_SECURITY_GROUP in at $port"
                fi
              done
            }
            """;

    private final Dossier dossier;
    private final StringBuilder script = new StringBuilder();

    private AwsScript(Dossier dossier) {
        this.dossier = dossier;
    }

    /** The script's text. */
    public static String write(Dossier dossier) {
        return new AwsScript(dossier).write();
    }

    private String write() {
        List<StoreSettings.Bucket> buckets = Stream.concat(
                        dossier.backupBucket().stream(), dossier.evidenceBucket().stream())
                .toList();
        List<Entrance> entrances = entrances();
        Map<String, String> properties = neededProperties();
        List<String> secrets = secrets();
        boolean configures = configuration(properties).stream().anyMatch(line -> line.startsWith("target_conf"));
        boolean associates = scram(secrets).stream().anyMatch(line -> line.startsWith("scram_secret"));
        header();
        script.append(FUNCTIONS);
        if (!buckets.isEmpty()) {
            script.append(BUCKET_FUNCTIONS);
        }
        if (configures) {
            script.append(CONFIGURATION_FUNCTIONS);
        }
        if (associates) {
            script.append(SCRAM_FUNCTIONS);
        }
        if (!entrances.isEmpty()) {
            script.append(NETWORK_FUNCTIONS);
        }
        places(configures || associates, !buckets.isEmpty(), !entrances.isEmpty());
        buckets();
        heading("Target configuration: its brokers must take the largest batch, " + dossier.largestBatch() + " bytes");
        configuration(properties).forEach(this::line);
        heading("SCRAM users: the same secrets at the target");
        scram(secrets).forEach(this::line);
        network(entrances);
        script.append("""

                if [ "$open_points" -gt 0 ]; then
                  printf '%s\\n' "$open_points points are open, see above" >&2
                  exit 1
                fi
                say "everything is there"
                """);
        return script.toString();
    }

    private void header() {
        line("#!/usr/bin/env bash");
        line("# Written by `kraftlift plan` for the migration " + dossier.migration()
                + ". Prepares in AWS what the migration needs.");
        line("# It looks before it changes: run it again, and it changes nothing. Read it before you run it.");
        line("set -euo pipefail");
        line("export AWS_PAGER=''");
        line("");
    }

    private void places(boolean target, boolean buckets, boolean network) {
        line("");
        dossier.targetArn().filter(arn -> target).ifPresent(arn -> {
            line("TARGET=" + quoted(arn.value()));
            line("TARGET_REGION=" + quoted(arn.region()));
        });
        if (buckets) {
            line(dossier.region()
                    .map(region -> "REGION=" + quoted(region))
                    .orElse("REGION=\"${AWS_REGION:?must be the region of the buckets; export it}\""));
        }
        if (network) {
            line("WORKER_SECURITY_GROUP=\"${WORKER_SECURITY_GROUP:?must be the security group of the workers and the"
                    + " functions; export it}\"");
        }
    }

    private void buckets() {
        heading("Buckets: segments, and evidence under Object Lock");
        if (dossier.backupBucket().isEmpty() && dossier.evidenceBucket().isEmpty()) {
            line("# None: both stores are directories.");
            return;
        }
        boolean same = dossier.backupBucket()
                .map(StoreSettings.Bucket::bucket)
                .equals(dossier.evidenceBucket().map(StoreSettings.Bucket::bucket));
        if (!same) {
            dossier.backupBucket().ifPresent(bucket -> bucket(bucket, "no"));
        }
        dossier.evidenceBucket().ifPresent(bucket -> bucket(bucket, "yes"));
    }

    private void bucket(StoreSettings.Bucket bucket, String lock) {
        String key = bucket.kmsKeyArn() == null ? "" : bucket.kmsKeyArn();
        line("bucket " + quoted(bucket.bucket()) + " " + quoted(key) + " " + lock);
    }

    private List<String> configuration(Map<String, String> needed) {
        if (needed.isEmpty()) {
            return List.of("# Nothing to do: they do already.");
        }
        String settings = String.join(" ", lines(needed));
        if (dossier.targetArn().isEmpty()) {
            return List.of("ask " + quoted("set in the configuration of the target's brokers: " + settings));
        }
        Optional<MskProvisioned> target = targetCluster();
        Optional<String> properties = dossier.input().targetMsk().flatMap(AwsScript::serverProperties);
        if (target.isEmpty() || properties.isEmpty()) {
            return List.of("ask "
                    + quoted("MSK did not tell the target's configuration, so that it cannot be added to: set "
                            + settings));
        }
        List<String> lines = new ArrayList<>();
        lines.add("target_configuration " + quoted("kraftlift-" + dossier.migration()) + " "
                + quoted(target.get().kafkaVersion()) + " <<'PROPERTIES'");
        lines.addAll(merged(properties.get(), needed));
        lines.add("PROPERTIES");
        return lines;
    }

    private static Optional<String> serverProperties(MskFacts msk) {
        return msk.serverProperties().fold(Optional::of, why -> Optional.empty());
    }

    /** The properties as they are, in their order, with the needed ones in place of those of the same name or after. */
    private static List<String> merged(String properties, Map<String, String> needed) {
        Map<String, String> open = new LinkedHashMap<>(needed);
        List<String> merged = new ArrayList<>();
        properties.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String key = line.split("=", 2)[0].strip();
            String value = open.remove(key);
            merged.add(value == null ? line : key + "=" + value);
        });
        merged.addAll(lines(open));
        return merged;
    }

    private static List<String> lines(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** What a broker of the target has too small, or did not tell. */
    private Map<String, String> neededProperties() {
        long largest = dossier.largestBatch();
        Map<String, String> needed = new LinkedHashMap<>();
        for (String key : List.of(BrokerSetting.MESSAGE_MAX_BYTES, BrokerSetting.REPLICA_FETCH_MAX_BYTES)) {
            boolean enough =
                    dossier.input().target().brokers().stream().allMatch(broker -> value(broker, key) >= largest);
            if (!enough) {
                needed.put(key, Long.toString(largest));
            }
        }
        return needed;
    }

    private static long value(BrokerInventory broker, String key) {
        return Long.parseLong(broker.configs().or(Map.of()).getOrDefault(key, "-1"));
    }

    private Optional<MskProvisioned> targetCluster() {
        return dossier.input().targetMsk().flatMap(AwsScript::described).flatMap(AwsScript::provisioned);
    }

    private static Optional<MskCluster> described(MskFacts msk) {
        return msk.cluster().fold(Optional::of, why -> Optional.empty());
    }

    private static Optional<MskProvisioned> provisioned(MskCluster cluster) {
        return cluster.fold(Optional::of, serverless -> Optional.empty());
    }

    private List<String> secrets() {
        return dossier.input()
                .sourceMsk()
                .map(msk -> msk.scramSecrets().or(List.of()))
                .map(secrets -> List.copyOf(new TreeSet<>(secrets)))
                .orElse(List.of());
    }

    private List<String> scram(List<String> secrets) {
        if (secrets.isEmpty()) {
            return List.of("# None: the source has no associated secrets, or did not tell.");
        }
        if (dossier.targetArn().isEmpty()) {
            return List.of("ask "
                    + quoted("the target is not given by an ARN: make the users of these secrets there: "
                            + String.join(" ", secrets)));
        }
        boolean closed = targetCluster()
                .map(cluster ->
                        !cluster.access().authentication().contains(MskProvisioned.Authentication.SCRAM_SHA_512))
                .orElse(false);
        if (closed) {
            return List.of("ask "
                    + quoted("the target does not take SASL/SCRAM: turn it on and plan again, or move " + secrets.size()
                            + " SCRAM users to another authentication"));
        }
        return secrets.stream().map(secret -> "scram_secret " + quoted(secret)).toList();
    }

    private void network(List<Entrance> entrances) {
        heading("Security groups: workers and functions to the brokers");
        if (entrances.isEmpty()) {
            line("# Neither cluster is given by an ARN: let the workers' addresses reach the bootstrap servers.");
            return;
        }
        entrances.forEach(entrance -> line("let_in " + quoted(entrance.cluster().region()) + " "
                + quoted(entrance.cluster().value()) + " " + entrance.port()));
    }

    private List<Entrance> entrances() {
        List<Entrance> entrances = new ArrayList<>();
        dossier.sourceArn()
                .ifPresent(arn ->
                        entrances.add(new Entrance(arn, port(dossier.config().source()))));
        dossier.targetArn()
                .ifPresent(arn ->
                        entrances.add(new Entrance(arn, port(dossier.config().target()))));
        return entrances;
    }

    /** MSK's ports inside a VPC. */
    private static int port(ClusterSettings cluster) {
        AuthSettings auth = cluster.auth();
        if (auth instanceof AuthSettings.Plaintext) {
            return 9092;
        }
        if (auth instanceof AuthSettings.ScramSha512) {
            return 9096;
        }
        return auth instanceof AuthSettings.Iam ? 9098 : 9094;
    }

    private void heading(String text) {
        line("");
        line("# " + text);
    }

    private void line(String text) {
        script.append(text).append('\n');
    }

    private record Entrance(MskArn cluster, int port) {}
}
