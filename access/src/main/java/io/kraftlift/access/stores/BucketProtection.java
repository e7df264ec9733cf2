package io.kraftlift.access.stores;

import io.kraftlift.core.stores.ObjectKey;

/** How a bucket protects what is in it. A store in a bucket tells. */
public interface BucketProtection {
    /**
     * Whether the bucket was made with Object Lock.
     *
     * @throws io.kraftlift.core.failures.KraftliftFailure when S3 does not tell
     */
    boolean hasObjectLock();

    /**
     * The ARN of the KMS key that an object is encrypted with; empty text when it is with none.
     *
     * @throws io.kraftlift.core.failures.KraftliftFailure when S3 does not tell
     */
    String keyOf(ObjectKey key);
}
