package io.kraftlift.statemachine;

/** How Lambda starts the functions. */
public final class FunctionRuntime {
    /** The environment variable whose options every JVM takes. */
    public static final String JVM_OPTIONS_VARIABLE = "JAVA_TOOL_OPTIONS";

    /**
     * A function lives for minutes and mostly waits for others, so the quick compiler alone is the better one (AWS
     * documentation, "Customize Java runtime startup behavior for Lambda functions"); and its log is JSON.
     */
    public static final String JVM_OPTIONS = "-XX:+TieredCompilation -XX:TieredStopAtLevel=1"
            + " -Dlogback.configurationFile=kraftlift-functions-logback.xml";

    private FunctionRuntime() {}

    /** The function's handler as Lambda wants it. */
    public static String handlerOf(FunctionName function) {
        return "io.kraftlift.lambdas." + function.packageName() + ".Handler::handleRequest";
    }
}
