package io.kraftlift.access.precheck;

import io.kraftlift.access.msk.MskApi;
import io.kraftlift.access.quotas.FargateQuota;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.msk.MskCluster;
import java.util.List;

/** What is asked of AWS besides the stores. Each answers, or throws a failure that says why not. */
interface CloudQuestions {
    /** The cluster of an ARN. */
    MskCluster describe(String arn);

    /** The versions that the cluster of an ARN can be updated to. */
    List<String> compatibleVersions(String arn);

    /** How many vCPUs may run on Fargate in a region of the account. */
    double fargateVcpus(String region) throws InterruptedException;

    /** The services themselves, asked as whom the surroundings say. */
    static CloudQuestions ofAws(Surroundings surroundings) {
        return new CloudQuestions() {
            @Override
            public MskCluster describe(String arn) {
                try (MskApi msk = MskApi.of(arn, surroundings.aws())) {
                    return msk.describe();
                }
            }

            @Override
            public List<String> compatibleVersions(String arn) {
                try (MskApi msk = MskApi.of(arn, surroundings.aws())) {
                    return msk.compatibleVersions();
                }
            }

            @Override
            public double fargateVcpus(String region) throws InterruptedException {
                try (FargateQuota quota = FargateQuota.in(region, surroundings)) {
                    return quota.vcpus();
                }
            }
        };
    }
}
