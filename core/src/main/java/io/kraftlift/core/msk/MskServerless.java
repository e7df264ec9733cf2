package io.kraftlift.core.msk;

import java.util.function.Function;

/** A cluster without brokers of its own. It is always in KRaft mode and takes IAM only. */
public record MskServerless(MskArn arn, String state) implements MskCluster {
    @Override
    public <T> T fold(Function<MskProvisioned, T> provisioned, Function<MskServerless, T> serverless) {
        return serverless.apply(this);
    }
}
