package io.kraftlift.cdk;

import io.kraftlift.cdk.settings.ContextReader;
import io.kraftlift.cdk.settings.SettingsRefused;
import java.util.Map;
import software.amazon.awscdk.App;

/** What {@code cdk synth} and {@code cdk deploy} start. */
public final class KraftliftApp {
    private static final int REFUSED = 2;

    private KraftliftApp() {}

    public static void main(String[] args) {
        App app = new App();
        try {
            new MigrationStack(app, ContextReader.read(contextOf(app)));
        } catch (SettingsRefused e) {
            System.err.println(e.getMessage());
            System.exit(REFUSED);
        }
        app.synth();
    }

    /** Everything that the command line, {@code cdk.json} and {@code cdk.context.json} set. */
    @SuppressWarnings("unchecked") // the library answers a JSON object, which is such a map
    private static Map<String, Object> contextOf(App app) {
        return (Map<String, Object>) app.getNode().getAllContext();
    }
}
