package io.xwasm.agent.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.xwasm.agent.testing");

    @Test
    void classes_were_found() {
        assertThat(CLASSES.size()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void a_fake_knows_the_protocol_and_nothing_of_who_is_tested_with_it() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.xwasm.controlplane..",
                        "io.xwasm.agent.daemon..",
                        "io.vertx..",
                        "org.mockito..",
                        "org.junit..")
                .because("a fake that shares code with what it tests agrees with its mistakes")
                .check(CLASSES);
    }

    @Test
    void time_is_an_argument() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("a test steps the clock")
                .check(CLASSES);
    }

    @Test
    void no_package_is_a_drawer_and_names_say_the_job() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..", "..impl..")
                .orShould()
                .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Service)")
                .because("a name that can drop the word says nothing with it")
                .check(CLASSES);
    }
}
