package io.xwasm.agent.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
                    .importPackages("io.xwasm.agent.ledger");

    @Test
    void classes_were_found() {
        assertThat(CLASSES.size()).isGreaterThan(50);
    }

    @Test
    void packages_do_not_go_round_in_circles() {
        slices().matching("io.xwasm.agent.ledger.(*)..")
                .should()
                .beFreeOfCycles()
                .because("executing knows nothing of disks, and disks nothing of other members")
                .check(CLASSES);
    }

    @Test
    void only_classes_that_are_called_rocks_know_rocksdb() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.Rocks\\w*(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .because("another engine must be a change of the classes that are named after it")
                .check(CLASSES);
    }

    @Test
    void the_virtual_machine_is_known_by_its_own_words_alone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.dylibso..", "io.vertx..", "io.xwasm.controlplane..")
                .because("the ledger runs calls through ContractVm, whoever is behind it")
                .check(CLASSES);
    }

    @Test
    void executing_reads_no_clock() {
        noClasses()
                .that()
                .resideInAPackage("io.xwasm.agent.ledger.state..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .because("the same call must give the same receipt on every member")
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
