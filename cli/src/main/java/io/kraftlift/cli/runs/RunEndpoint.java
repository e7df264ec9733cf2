package io.kraftlift.cli.runs;

import java.net.URI;

/**
 * What a running embedded run says about itself, {@code endpoint.json} in its folder.
 *
 * @param endpoint where it speaks the protocol of Step Functions
 * @param execution the execution's ARN
 * @param config the path of the configuration file
 */
public record RunEndpoint(URI endpoint, String execution, String stateMachine, String config, String migration) {}
