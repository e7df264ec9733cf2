package io.kraftlift.access.stores;

import io.kraftlift.access.aws.Refusal;
import io.kraftlift.core.stores.ObjectVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * On what terms S3 shall take a write, as the request's headers say it.
 *
 * @param ifMatch the ETag that must be there
 * @param ifNoneMatch {@code *} when nothing may be there
 * @param retainUntil until when nobody may remove it
 */
record WriteTerms(
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable Instant retainUntil) {
    static final WriteTerms ANYWAY = new WriteTerms(null, null, null);
    static final WriteTerms IF_ABSENT = new WriteTerms(null, "*", null);

    static WriteTerms ifAt(ObjectVersion expected) {
        return new WriteTerms(expected.mark(), null, null);
    }

    static WriteTerms ifAbsentAndRetained(Instant until) {
        return new WriteTerms(null, "*", until);
    }

    boolean wantAbsence() {
        return ifNoneMatch != null;
    }

    /**
     * Whether the answer says that the terms were not met, or may say so: the completion of a multipart upload whose
     * first answer was lost finds its upload gone.
     */
    boolean isBrokenBy(S3Exception answer) {
        String code = Refusal.of(answer).code();
        return answer.statusCode() == 412
                || code.equals("NoSuchUpload")
                || (ifMatch != null && code.equals("NoSuchKey"));
    }
}
