package io.xwasm.controlplane;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.xwasm.controlplane");

    @Test
    void classes_were_found() {
        assertThat(CLASSES.size()).isGreaterThan(100);
    }

    @Test
    void features_do_not_go_round_in_circles() {
        slices().matching("io.xwasm.controlplane.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a feature that needs another's needs it in one direction only")
                .check(CLASSES);
    }

    @Test
    void vendors_stay_in_classes_that_carry_their_names() {
        vendor("Vertx", "io.vertx..");
        vendor("Hazelcast", "com.hazelcast..");
        vendor("Tink", "com.google.crypto.tink..");
        vendor("Micrometer", "io.micrometer..");
        vendor("Password4j", "com.password4j..");
        vendor("Sqlite", "org.jdbi..", "com.zaxxer..", "org.flywaydb..");
        vendor("Yaml", "tools.jackson.dataformat.yaml..");
    }

    private static void vendor(String name, String... packages) {
        noClasses()
                .that(doNotCarry(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .because(name + " is to be replaced by changing the classes named after it")
                .check(CLASSES);
    }

    /** The assembly names the vendors once; that is its job. */
    private static DescribedPredicate<JavaClass> doNotCarry(String name) {
        return DescribedPredicate.describe(
                "do not carry the name " + name,
                type ->
                        !type.getName().contains(name)
                                && !type.getPackageName().equals("io.xwasm.controlplane"));
    }

    @Test
    void no_package_is_a_drawer() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..", "..impl..")
                .because("a type lives with the feature that speaks it")
                .check(CLASSES);
    }

    @Test
    void time_is_an_argument() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("a test steps the clock; only main reads the system's")
                .check(CLASSES);
    }

    @Test
    void names_say_the_job() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Service)")
                .because("a name that can drop the word says nothing with it")
                .check(CLASSES);
    }
}
