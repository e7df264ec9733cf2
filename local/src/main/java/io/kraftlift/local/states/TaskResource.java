package io.kraftlift.local.states;

/**
 * A Task's {@code Resource}.
 *
 * @param integration the resource whose plug-in does the work
 * @param service what the history calls {@code resourceType}, such as {@code lambda}
 * @param action what the history calls {@code resource}, such as {@code invoke}
 * @param waitsForToken whether the Task ends by its token instead of by the plug-in's result
 */
record TaskResource(String integration, String service, String action, boolean waitsForToken) {
    private static final String PREFIX = "arn:aws:states:::";
    private static final String TOKEN_SUFFIX = ".waitForTaskToken";

    static TaskResource parse(String resource) {
        boolean waits = resource.endsWith(TOKEN_SUFFIX);
        String integration = waits ? resource.substring(0, resource.length() - TOKEN_SUFFIX.length()) : resource;
        String rest = resource.startsWith(PREFIX) ? resource.substring(PREFIX.length()) : resource;
        int from = rest.startsWith("aws-sdk:") ? "aws-sdk:".length() : 0;
        int colon = rest.indexOf(':', from);
        return colon < 0
                ? new TaskResource(integration, rest, rest, waits)
                : new TaskResource(integration, rest.substring(0, colon), rest.substring(colon + 1), waits);
    }
}
