package io.xwasm.failover;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.xwasm.failover");

    @Test
    void classes_were_found() {
        assertThat(CLASSES.size()).isGreaterThan(5);
        assertThat(CLASSES.contain(FailoverRules.class)).isTrue();
    }

    @Test
    void the_decision_knows_the_wire_s_words_and_nothing_else() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.xwasm.failover..",
                        "io.xwasm.agent.protocol..",
                        "java..",
                        "org.jspecify..")
                .because("what is decided must follow from what was seen, and from nothing else")
                .check(CLASSES);
    }

    @Test
    void the_decision_is_a_pure_function() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "java.sql..",
                        "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("every case is tested by writing it down")
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
