package io.kraftlift.access.stores;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.S3Proxy;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

@ExtendWith({S3Proxy.class, S3ProxyObjectStoreIT.WithoutWhatS3ProxyLacks.class})
class S3ProxyObjectStoreIT extends S3ObjectStoreContract {
    S3ProxyObjectStoreIT(AwsEndpoint endpoint) {
        super(endpoint);
    }

    /** {@link GivenEndpointObjectStoreIT} runs it on servers that compare and write in one step. */
    static final class WithoutWhatS3ProxyLacks implements ExecutionCondition {
        private static final String ATOMIC_REPLACE = "letsExactlyOneOfManyConcurrentReplacesWin";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getTestMethod()
                    .filter(method -> method.getName().equals(ATOMIC_REPLACE))
                    .map(method -> ConditionEvaluationResult.disabled(
                            "S3Proxy compares If-Match and writes in two steps, so that two replaces can win"))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("S3Proxy has it"));
        }
    }
}
