package io.kraftlift.acceptance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The directions in which modules depend on each other, and what each may use from outside. The deployment's own direction is
 * held by its module ({@code DeployedNamesTest}), whose library is too large to be here.
 */
@AnalyzeClasses(packages = "io.kraftlift", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleDependenciesTest {
    @ArchTest
    static final ArchRule CORE_IS_PURE = classes()
            .that()
            .resideInAPackage("io.kraftlift.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.kraftlift.core..",
                    "java..",
                    "org.jspecify.annotations..",
                    "com.fasterxml.jackson.annotation..");

    @ArchTest
    static final ArchRule STATE_MACHINE_KNOWS_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage("io.kraftlift.statemachine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.kraftlift.access..",
                    "io.kraftlift.lambdas..",
                    "io.kraftlift.replicator..",
                    "io.kraftlift.local..",
                    "io.kraftlift.cli..",
                    "io.kraftlift.cdk..");

    @ArchTest
    static final ArchRule ACCESS_KNOWS_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage("io.kraftlift.access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.kraftlift.statemachine..",
                    "io.kraftlift.lambdas..",
                    "io.kraftlift.replicator..",
                    "io.kraftlift.local..",
                    "io.kraftlift.cli..",
                    "io.kraftlift.cdk..");

    @ArchTest
    static final ArchRule LAMBDAS_DO_NOT_KNOW_THE_WORKER = noClasses()
            .that()
            .resideInAPackage("io.kraftlift.lambdas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.kraftlift.replicator..", "io.kraftlift.local..", "io.kraftlift.cli..", "io.kraftlift.cdk..");

    @ArchTest
    static final ArchRule THE_WORKER_DOES_NOT_KNOW_THE_LAMBDAS = noClasses()
            .that()
            .resideInAPackage("io.kraftlift.replicator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.kraftlift.lambdas..", "io.kraftlift.local..", "io.kraftlift.cli..", "io.kraftlift.cdk..");

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage("io.kraftlift.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.kraftlift.cli..");

    @ArchTest
    static final ArchRule CORE_PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.kraftlift.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule LAMBDA_PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.kraftlift.lambdas.(*)..").should().beFreeOfCycles();
}
