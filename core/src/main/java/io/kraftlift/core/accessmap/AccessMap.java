package io.kraftlift.core.accessmap;

import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.msk.MskArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The source's ACLs as IAM policies for an MSK target, {@code plan/access-map.json}. IAM knows roles and not Kafka's
 * users, so which role takes a user's place is for a person to say; nothing is applied.
 *
 * @param format 1
 * @param targetCluster the ARN that the policies name, or {@link #ANY_CLUSTER}
 * @param principals ascending
 * @param remarks for a person, a sentence each
 */
public record AccessMap(int format, String targetCluster, List<PrincipalAccess> principals, List<String> remarks) {
    public static final int FORMAT = 1;

    /** Stands for the ARN of a target that is given by its addresses. */
    public static final String ANY_CLUSTER = "arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID";

    public AccessMap {
        if (format != FORMAT) {
            throw new IllegalArgumentException("access map: format must be 1, was " + format);
        }
        principals = List.copyOf(principals);
        remarks = List.copyOf(remarks);
    }

    /**
     * Maps the rules. The same rules in any order give the same map.
     *
     * @param target empty when it is not known
     */
    public static AccessMap of(AclReading source, Optional<MskArn> target) {
        String cluster = target.map(MskArn::value).orElse(ANY_CLUSTER);
        List<String> remarks = new ArrayList<>();
        List<AclRule> rules = source.fold(
                known -> known,
                () -> {
                    remarks.add("the source has no authorizer, so everybody may do everything there: decide what each"
                            + " role may do on the target");
                    return List.of();
                },
                why -> {
                    remarks.add("the source's ACLs could not be read: " + why);
                    return List.of();
                });
        if (target.isEmpty()) {
            remarks.add("the target is not given by its ARN: put it in the place of " + ANY_CLUSTER
                    + ", and of the same words in the other resources");
        }
        Map<String, PrincipalMapping> byPrincipal = new TreeMap<>();
        for (AclRule rule : rules) {
            byPrincipal
                    .computeIfAbsent(rule.principal(), name -> new PrincipalMapping(name, new IamResources(cluster)))
                    .add(rule);
        }
        List<PrincipalAccess> principals =
                byPrincipal.values().stream().map(PrincipalMapping::access).toList();
        long unmapped = principals.stream()
                .mapToLong(access -> access.unmapped().size())
                .sum();
        if (unmapped > 0) {
            remarks.add(unmapped + " ACLs have no equal in IAM, see unmapped: decide what takes the place of each");
        }
        return new AccessMap(FORMAT, cluster, principals, remarks);
    }
}
