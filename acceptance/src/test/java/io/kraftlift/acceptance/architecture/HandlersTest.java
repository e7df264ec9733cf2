package io.kraftlift.acceptance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.statemachine.FunctionName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every function of the state machine has its handler, where its name says. */
class HandlersTest {
    @ParameterizedTest
    @EnumSource(FunctionName.class)
    void haveThePackageThatTheFunctionsNameSays(FunctionName function) throws ReflectiveOperationException {
        Class<?> handler = Class.forName("io.kraftlift.lambdas." + function.packageName() + ".Handler");

        assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
        assertThat(handler.getConstructor(Surroundings.class, ConfigurationSource.class))
                .isNotNull();
        assertThat(handler.getConstructor()).isNotNull();
    }
}
