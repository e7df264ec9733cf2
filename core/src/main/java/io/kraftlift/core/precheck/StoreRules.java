package io.kraftlift.core.precheck;

import java.util.List;

/** W03, W12: how stores protect what is in them. */
final class StoreRules {
    private StoreRules() {}

    static void check(CloudFacts cloud, List<Finding> findings) {
        cloud.keys().forEach(key -> key(key, findings));
        cloud.evidenceLock()
                .ifPresent(reading -> reading.fold(
                        locked -> locked
                                || findings.add(Finding.of(
                                        PrecheckCode.W12,
                                        "evidence",
                                        "the bucket has no Object Lock: whoever may write to it can remove or replace the"
                                                + " evidence",
                                        "Make a bucket with Object Lock (aws s3api create-bucket"
                                                + " --object-lock-enabled-for-bucket), and name it in"
                                                + " evidence.s3_bucket.")),
                        why -> findings.add(Finding.unchecked(PrecheckCode.W12, "evidence", why))));
    }

    private static void key(KeyUse use, List<Finding> findings) {
        use.used()
                .fold(
                        used -> used.equals(use.key())
                                || findings.add(Finding.of(
                                        PrecheckCode.W03,
                                        use.store(),
                                        "an object was encrypted with "
                                                + (used.isEmpty() ? "no KMS key" : used)
                                                + ", configured is " + use.key(),
                                        "Set " + use.store()
                                                + ".kms_key_arn to the ARN of a key, not of an alias, in the"
                                                + " bucket's region, and check the bucket's policy.")),
                        why -> findings.add(Finding.unchecked(PrecheckCode.W03, use.store(), why)));
    }
}
