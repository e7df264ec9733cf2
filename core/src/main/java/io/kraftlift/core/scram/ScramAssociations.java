package io.kraftlift.core.scram;

import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskArn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes the source's SCRAM users known to the target, {@code plan/scram-associations.json}. Users of one MSK cluster
 * become users of another by associating their secrets with it; a password is in none of this, and nothing is applied.
 *
 * @param format 1
 * @param associate ARNs of secrets to associate with the target, each list one call of BatchAssociateScramSecret
 * @param associated ARNs of the source's secrets that the target has already
 * @param toMake users that only somebody with their passwords can make, ascending
 * @param remarks for a person, a sentence each
 */
public record ScramAssociations(
        int format,
        List<List<String>> associate,
        List<String> associated,
        List<UserToMake> toMake,
        List<String> remarks) {
    public static final int FORMAT = 1;

    /** BatchAssociateScramSecret takes at most 10 secrets. */
    static final int SECRETS_PER_CALL = 10;

    private static final Pattern SECRET =
            Pattern.compile("arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):([0-9]{12}):secret:(.+)-[A-Za-z0-9]{6}");

    /** MSK takes only secrets whose names begin like this. */
    private static final String SECRET_PREFIX = "AmazonMSK_";

    public ScramAssociations {
        if (format != FORMAT) {
            throw new IllegalArgumentException("SCRAM associations: format must be 1, was " + format);
        }
        associate = associate.stream().map(List::copyOf).toList();
        associated = List.copyOf(associated);
        toMake = List.copyOf(toMake);
        remarks = List.copyOf(remarks);
    }

    /** Compares two clusters. The same users in any order give the same. */
    public static ScramAssociations between(ScramSide source, ScramSide target) {
        List<String> remarks = new ArrayList<>();
        return source.fold(
                (cluster, secrets) -> {
                    List<String> here = known(secrets, "the source's SCRAM secrets", remarks);
                    return target.fold(
                            (msk, there) -> ofSecrets(here, msk, there, remarks),
                            users -> made(ofNames(here, ScramAssociations::kafkaUserOfSecret), remarks));
                },
                users -> {
                    List<ScramUser> here = known(users, "the source's SCRAM users", remarks);
                    return target.fold(
                            (msk, there) -> made(ofUsers(here, msk, there, remarks), remarks),
                            there -> made(ofUsers(here, there, remarks), remarks));
                });
    }

    private static ScramAssociations ofSecrets(
            List<String> here, MskArn target, Reading<List<String>> targetSecrets, List<String> remarks) {
        Set<String> there = new HashSet<>(known(targetSecrets, "the target's SCRAM secrets", remarks));
        List<String> associate = new ArrayList<>();
        List<String> associated = new ArrayList<>();
        List<UserToMake> toMake = new ArrayList<>();
        for (String secret : new TreeSet<>(here)) {
            if (there.contains(secret)) {
                associated.add(secret);
            } else if (isBeside(secret, target)) {
                associate.add(secret);
            } else {
                toMake.add(new UserToMake(
                        nameOf(secret),
                        "MSK takes secrets of its own account and region only: make a secret of this name with the same"
                                + " content in account " + target.account() + ", " + target.region()
                                + ", encrypted with a customer managed key, and associate it with the target"));
            }
        }
        return new ScramAssociations(FORMAT, batches(associate), associated, toMake, remarks);
    }

    private static List<UserToMake> ofUsers(
            List<ScramUser> here, MskArn target, Reading<List<String>> targetSecrets, List<String> remarks) {
        Set<String> names = new HashSet<>();
        known(targetSecrets, "the target's SCRAM secrets", remarks).forEach(secret -> names.add(nameOf(secret)));
        List<UserToMake> toMake = new ArrayList<>();
        for (ScramUser user : byName(here)) {
            String secret = SECRET_PREFIX + user.name();
            if (names.contains(secret)) {
                continue;
            }
            String newPassword = user.mechanisms().contains(ScramUser.SHA_512)
                    ? ""
                    : "; the source knows it by " + String.join(", ", user.mechanisms()) + " only and MSK takes "
                            + ScramUser.SHA_512 + ", so its clients change sasl.mechanism";
            toMake.add(new UserToMake(
                    user.name(),
                    "make the secret " + secret + " with {\"username\":…,\"password\":…} in account "
                            + target.account() + ", " + target.region()
                            + ", encrypted with a customer managed key, and associate it with the target"
                            + newPassword));
        }
        return toMake;
    }

    private static List<UserToMake> ofUsers(
            List<ScramUser> here, Reading<List<ScramUser>> targetUsers, List<String> remarks) {
        List<ScramUser> there = known(targetUsers, "the target's SCRAM users", remarks);
        List<UserToMake> toMake = new ArrayList<>();
        for (ScramUser user : byName(here)) {
            Set<String> lacking = new TreeSet<>(user.mechanisms());
            there.stream()
                    .filter(other -> other.name().equals(user.name()))
                    .forEach(other -> lacking.removeAll(other.mechanisms()));
            if (!lacking.isEmpty()) {
                toMake.add(kafkaUser(user.name(), String.join(", ", lacking)));
            }
        }
        return toMake;
    }

    private static UserToMake kafkaUserOfSecret(String secret) {
        return kafkaUser(nameOf(secret), ScramUser.SHA_512);
    }

    private static UserToMake kafkaUser(String name, String mechanisms) {
        return new UserToMake(
                name,
                "add its credentials for " + mechanisms
                        + " on the target with kafka-configs --alter --entity-type users, as whoever knows the password");
    }

    private static List<UserToMake> ofNames(List<String> names, Function<String, UserToMake> make) {
        return new TreeSet<>(names).stream().map(make).toList();
    }

    private static List<ScramUser> byName(List<ScramUser> users) {
        return users.stream().sorted(Comparator.comparing(ScramUser::name)).toList();
    }

    private static ScramAssociations made(List<UserToMake> toMake, List<String> remarks) {
        return new ScramAssociations(FORMAT, List.of(), List.of(), toMake, remarks);
    }

    private static <T> List<T> known(Reading<List<T>> reading, String what, List<String> remarks) {
        return reading.fold(all -> all, why -> {
            remarks.add(what + " could not be read: " + why);
            return List.of();
        });
    }

    /** An ARN of another form than we know is left to MSK to judge. */
    private static boolean isBeside(String secret, MskArn cluster) {
        Matcher parts = SECRET.matcher(secret);
        return !parts.matches()
                || (parts.group(1).equals(cluster.region()) && parts.group(2).equals(cluster.account()));
    }

    /** Without the six characters that Secrets Manager adds. */
    private static String nameOf(String secret) {
        Matcher parts = SECRET.matcher(secret);
        return parts.matches() ? parts.group(3) : secret;
    }

    private static List<List<String>> batches(List<String> secrets) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < secrets.size(); from += SECRETS_PER_CALL) {
            batches.add(secrets.subList(from, Math.min(secrets.size(), from + SECRETS_PER_CALL)));
        }
        return batches;
    }
}
