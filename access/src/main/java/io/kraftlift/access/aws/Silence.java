package io.kraftlift.access.aws;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Why there is no answer of an AWS service. */
public enum Silence {
    /** The service was not reached, or did not answer in time. */
    NETWORK,
    /** The thread was interrupted; it is marked as interrupted again. */
    INTERRUPTED,
    /** Nothing was sent: most often there are no credentials. */
    NOT_SENT;

    /** Anything that has to do with a connection is {@link #NETWORK}; what is left fails before anything is sent. */
    public static Silence of(SdkClientException failure) {
        if (failure instanceof AbortedException) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
        if (failure.retryable()
                || failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException) {
            return NETWORK;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return NETWORK;
            }
        }
        return NOT_SENT;
    }
}
