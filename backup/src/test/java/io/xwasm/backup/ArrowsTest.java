package io.xwasm.backup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArrowsTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.xwasm.backup");

    @Test
    void there_are_classes_to_look_at() {
        assertThat(CLASSES.size()).isGreaterThan(15);
    }

    @Test
    void a_store_knows_names_and_bytes_only() {
        noClasses()
                .that()
                .resideInAPackage("io.xwasm.backup.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.xwasm.backup", "io.xwasm.agent..")
                .because("a new store must not be able to weaken the format")
                .check(CLASSES);
    }

    @Test
    void vendors_stay_in_the_classes_that_bear_their_names() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Tink")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.crypto..")
                .because("another cipher library is then one class")
                .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Zstd")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.luben..")
                .because("another compression is then one class")
                .check(CLASSES);
    }
}
