package io.xwasm.agent.daemon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
                    .importPackages("io.xwasm.agent.daemon");

    @Test
    void classes_were_found() {
        assertThat(CLASSES.size()).isGreaterThan(25);
    }

    @Test
    void vendors_stay_in_classes_that_carry_their_names() {
        vendor("Vertx", "io.vertx..");
        vendor("Chicory", "com.dylibso..");
        vendor("Rocks", "org.rocksdb..");
        vendor("Tink", "com.google.crypto.tink..");
        vendor("Micrometer", "io.micrometer..");
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
                                && !type.getName().equals(Agent.class.getName()));
    }

    @Test
    void the_agent_knows_nothing_of_the_control_planes_inside() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.xwasm.controlplane..", "io.xwasm.failover..")
                .because("they speak through the protocol alone")
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
    void no_package_is_a_drawer_and_names_say_the_job() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..", "..impl..")
                .orShould()
                .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Service)")
                .because("a type lives with the feature that speaks it")
                .check(CLASSES);
    }
}
