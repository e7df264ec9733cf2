package io.kraftlift.cdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.FunctionRuntime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is deployed is known here by its name only. */
class DeployedNamesTest {
    @ParameterizedTest
    @EnumSource(FunctionName.class)
    void areThoseOfHandlersThatLambdaCanMake(FunctionName function) throws ReflectiveOperationException {
        String[] handler = FunctionRuntime.handlerOf(function).split("::", -1);

        Class<?> type = Class.forName(handler[0]);

        assertThat(RequestStreamHandler.class).isAssignableFrom(type);
        assertThat(type.getConstructor()).isNotNull();
        assertThat(handler[1]).isEqualTo(RequestStreamHandler.class.getMethods()[0].getName());
    }

    @Test
    void areNotImported() {
        // The library's own classes are many, and not in question.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.kraftlift.cdk");

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.kraftlift.access..",
                        "io.kraftlift.lambdas..",
                        "io.kraftlift.replicator..",
                        "io.kraftlift.local..",
                        "io.kraftlift.cli..")
                .check(classes);
    }
}
