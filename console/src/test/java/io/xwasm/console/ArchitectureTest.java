package io.xwasm.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.net.http.HttpClient;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.xwasm.console");

    @Test
    void classes_were_found() {
        assertThat(CLASSES.size()).isGreaterThan(80);
    }

    @Test
    void screens_do_not_go_in_circles() {
        slices().matching("io.xwasm.console.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a screen that cannot be read on its own is half a screen")
                .check(CLASSES);
    }

    @Test
    void the_control_plane_is_reached_through_its_client_alone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(HttpClient.class)
                .because("the console can do nothing that the public API cannot")
                .check(CLASSES);
    }

    @Test
    void time_comes_from_the_clock_that_main_hands_out() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("tests step the clock")
                .check(CLASSES);
    }

    @Test
    void nothing_forces_a_bundle_of_its_own() {
        for (var annotation :
                new Class<?>[] {
                    JsModule.class, NpmPackage.class, CssImport.class, JavaScript.class
                }) {
            noClasses()
                    .should()
                    .beAnnotatedWith(annotation.getName())
                    .because("the build has no Node: Vaadin's precompiled bundle is used")
                    .check(CLASSES);
        }
    }

    @Test
    void no_package_is_a_drawer_for_everything() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..", "..impl..")
                .because("a class lives with what it is about")
                .check(CLASSES);
    }
}
