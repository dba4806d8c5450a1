package io.xwasm.agent.vm;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.xwasm.agent.vm");

    @Test
    void there_are_classes_to_check() {
        assertThat(CLASSES).hasSizeGreaterThan(20);
    }

    @Test
    void only_classes_that_are_called_chicory_know_chicory() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Chicory")
                .should()
                .dependOnClassesThat(resideInAPackage("com.dylibso.chicory.."))
                .because("the project continues under another name, and a switch must be small")
                .check(CLASSES);
    }

    @Test
    void there_are_no_cycles_between_packages() {
        slices().matching("io.xwasm.agent.(*)..")
                .should()
                .beFreeOfCycles()
                .because("whoever needs something of another feature declares the interface")
                .check(CLASSES);
    }

    @Test
    void nothing_reads_a_clock() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .because("the same call must give the same bytes on every node")
                .check(CLASSES);
    }

    @Test
    void what_others_see_is_little() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .haveNameMatching(
                        ".*\\.(ContractVm|ChicoryContractVm|Invocation|BlockContext|Outcome|Event|FailureKind|CodeDescription|CodeRefused|CallInterrupted|World)")
                .because("the rest may change without anybody noticing")
                .check(CLASSES);
    }
}
