package io.xwasm.controlplane.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
                    .importPackages("io.xwasm.controlplane.api");

    @Test
    void classes_were_found() {
        assertThat(CLASSES.size()).isGreaterThan(40);
        assertThat(CLASSES.contain(ControlPlaneClient.class)).isTrue();
    }

    @Test
    void the_api_knows_the_wire_s_words_and_how_json_is_read() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.xwasm.controlplane.api..",
                        "io.xwasm.agent.protocol..",
                        "java..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify..")
                .because("a client needs this module and no part of the server")
                .check(CLASSES);
    }

    @Test
    void everything_but_the_client_and_its_endings_is_a_record_or_a_word() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .haveSimpleNameNotStartingWith("ControlPlane")
                .and()
                .areNotAssignableTo(RuntimeException.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .orShould()
                .beEnums()
                .because("commands and views are values")
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
                .because("a view says when something was, and nobody here makes it up")
                .check(CLASSES);
    }

    @Test
    void no_package_is_a_drawer_and_names_say_the_job() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..", "..impl..")
                .orShould()
                .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Service|Common)")
                .because("a type lives with the feature that speaks it, under the name of its job")
                .check(CLASSES);
    }
}
