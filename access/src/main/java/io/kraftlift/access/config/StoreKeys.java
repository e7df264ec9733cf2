package io.kraftlift.access.config;

import java.util.List;
import java.util.regex.Pattern;

/** The settings of a store; {@code backup} and {@code evidence} have the same. */
record StoreKeys(
        String section,
        Setting<String> bucket,
        Setting<String> prefix,
        Setting<String> kmsKeyArn,
        Setting<String> directory) {

    static StoreKeys below(String section) {
        return new StoreKeys(
                section,
                Setting.of(
                        section + ".s3_bucket",
                        ValueType.text(
                                Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
                                "the name of an S3 bucket",
                                "prod-migration-segments")),
                Setting.of(
                        section + ".s3_prefix",
                        ValueType.text(
                                Pattern.compile("([A-Za-z0-9._=-]+/){1,20}"),
                                "names that each end with a slash",
                                "zk-to-kraft/")),
                Setting.of(
                        section + ".kms_key_arn",
                        ValueType.text(
                                Pattern.compile("arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+"),
                                "the ARN of a KMS key",
                                "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")),
                Setting.of(section + ".directory", ValueType.anyText("the path of a directory", "/var/lib/kraftlift")));
    }

    List<Setting<?>> all() {
        return List.of(bucket, prefix, kmsKeyArn, directory);
    }
}
