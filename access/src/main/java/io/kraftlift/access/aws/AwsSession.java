package io.kraftlift.access.aws;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
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

    /**
     * Where a service is asked that the SDK has no client for here. It is found as the SDK's own clients find theirs (AWS SDKs
     * and Tools Reference Guide, "Service-specific endpoints"): {@code AWS_ENDPOINT_URL_SERVICE_QUOTAS} and {@code
     * AWS_ENDPOINT_URL} go first.
     *
     * @param service the service's id, such as {@code Service Quotas}
     * @param prefix what its hosts are called, such as {@code servicequotas}
     */
    public URI endpoint(String service, String prefix, Region region) {
        String words = service.replace(' ', '_');
        return AwsClientEndpointProvider.builder()
                .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_" + words.toUpperCase(Locale.ROOT))
                .serviceEndpointOverrideSystemProperty("aws.endpointUrl" + service.replace(" ", ""))
                .serviceProfileProperty(words.toLowerCase(Locale.ROOT))
                .serviceEndpointPrefix(prefix)
                .defaultProtocol("https")
                .region(region)
                .profileFile(ProfileFile::defaultProfileFile)
                .profileName(profile.orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow))
                .build()
                .clientEndpoint();
    }
}
