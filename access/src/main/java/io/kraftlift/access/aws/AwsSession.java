package io.kraftlift.access.aws;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * As whom AWS is asked, and where.
 *
 * @param region empty for what the AWS SDK's default chain says
 * @param profile a profile of the shared configuration files, which is then the only source of credentials, as with the AWS
 *     CLI; empty for the SDK's default chain
 */
public record AwsSession(Optional<String> region, Optional<String> profile) {
    /** What the process's surroundings say. */
    public static final AwsSession BY_DEFAULT_CHAINS = new AwsSession(Optional.empty(), Optional.empty());

    /** Makes a client one of this session, and this patient. */
    public <B extends AwsClientBuilder<B, C>, C> B apply(B builder, Patience patience) {
        region.ifPresent(name -> builder.region(Region.of(name)));
        profile.ifPresent(name -> builder.credentialsProvider(credentials()));
        return builder.overrideConfiguration(calls -> {
            patience.apply(calls);
            profile.ifPresent(calls::defaultProfileName);
        });
    }

    /** Where this session's credentials come from; nothing is looked up yet. */
    public AwsCredentialsProvider credentials() {
        return profile.<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    /**
     * The region that is asked.
     *
     * @throws software.amazon.awssdk.core.exception.SdkClientException when none is set anywhere
     */
    public Region regionInUse() {
        return region.map(Region::of).orElseGet(() -> {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            profile.ifPresent(chain::profileName);
            return chain.build().getRegion();
        });
    }
}
