package io.kraftlift.cdk.permissions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What a role may do in one bucket.
 *
 * @param reads the parts that it reads
 * @param writes the parts that it writes. What is written is read too, because a refused write looks whose object is there;
 *     task tokens are written blindly
 */
public record StoreAccess(Set<StorePart> reads, Set<StorePart> writes) {
    /** What is kept for the retention of the evidence. */
    private static final Set<StorePart> LOCKED = EnumSet.of(StorePart.BUNDLES, StorePart.HISTORIES, StorePart.ROLLBACK);

    public StoreAccess {
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    /** The statements that allow it. */
    public List<PolicyStatement> statements(String bucketArn, @Nullable String kmsKeyArn) {
        List<PolicyStatement> statements = new ArrayList<>();
        EnumSet<StorePart> readable = EnumSet.noneOf(StorePart.class);
        readable.addAll(reads);
        readable.addAll(writes);
        if (!reads.contains(StorePart.TOKENS)) {
            readable.remove(StorePart.TOKENS);
        }
        // Without it S3 answers 403 for an object that is not there.
        statements.add(statement(List.of("s3:ListBucket"), List.of(bucketArn)));
        if (!readable.isEmpty()) {
            statements.add(statement(List.of("s3:GetObject"), arns(bucketArn, readable)));
        }
        if (!writes.isEmpty()) {
            List<String> actions = new ArrayList<>(List.of("s3:PutObject"));
            if (writes.contains(StorePart.SEGMENTS) || writes.contains(StorePart.BUNDLES)) {
                // Objects above 64 MiB go in parts.
                actions.add("s3:AbortMultipartUpload");
            }
            if (writes.stream().anyMatch(LOCKED::contains)) {
                actions.add("s3:PutObjectRetention");
            }
            statements.add(statement(actions, arns(bucketArn, EnumSet.copyOf(writes))));
        }
        if (kmsKeyArn != null) {
            statements.add(statement(
                    writes.isEmpty() ? List.of("kms:Decrypt") : List.of("kms:Decrypt", "kms:GenerateDataKey"),
                    List.of(kmsKeyArn)));
        }
        return statements;
    }

    private static List<String> arns(String bucketArn, Collection<StorePart> parts) {
        return parts.stream()
                .flatMap(part -> part.patterns().stream())
                .map(pattern -> bucketArn + "/" + pattern)
                .toList();
    }

    private static PolicyStatement statement(List<String> actions, List<String> resources) {
        return PolicyStatement.Builder.create()
                .actions(actions)
                .resources(resources)
                .build();
    }
}
