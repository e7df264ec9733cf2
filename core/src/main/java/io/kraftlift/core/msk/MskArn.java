package io.kraftlift.core.msk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an MSK cluster in all of AWS: {@code arn:PARTITION:kafka:REGION:ACCOUNT:cluster/NAME/UUID}.
 *
 * @param region such as {@code eu-west-3}
 * @param account twelve digits
 * @param clusterName as its owner called it
 */
public record MskArn(String value, String region, String account, String clusterName) {
    private static final Pattern SHAPE = Pattern.compile(
            "arn:aws[a-z-]*:kafka:([a-z]{2}(?:-[a-z]+)+-[0-9]+):([0-9]{12}):cluster/([A-Za-z0-9-]{1,64})/[A-Za-z0-9-]+");

    /**
     * Takes an ARN apart.
     *
     * @throws IllegalArgumentException when the text is no ARN of an MSK cluster
     */
    public static MskArn of(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "cluster_arn: must be arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID, was \"" + text
                            + "\"; copy it from `aws kafka list-clusters-v2`");
        }
        return new MskArn(text, parts.group(1), parts.group(2), parts.group(3));
    }

    @Override
    public String toString() {
        return value;
    }
}
