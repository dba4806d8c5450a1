package io.xwasm.agent.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String PROTOCOL = "io.xwasm.agent.protocol";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(PROTOCOL);

    /**
     * Spoken of by no message: how the wire is written, how calls are signed, and the name under
     * which both HTTP APIs know what the wire calls by its address.
     */
    private static final Set<String> TOOLS =
            Set.of("Json", "WireReader", "WireWriter", "Signatures", "AccountKey", "ContractName");

    @Test
    void classes_were_found() {
        assertThat(CLASSES.size()).isGreaterThan(60);
    }

    @Test
    void every_public_type_is_reachable_from_a_message() {
        var reached = new HashSet<JavaClass>();
        var open =
                new ArrayDeque<>(
                        List.of(
                                CLASSES.get(AgentCommand.class),
                                CLASSES.get(AgentEvent.class),
                                // What travels in a byte array of a message.
                                CLASSES.get(SignedCall.class),
                                CLASSES.get(Receipt.class)));
        while (!open.isEmpty()) {
            var next = open.poll();
            if (!reached.add(next)) {
                continue;
            }
            next.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().equals(PROTOCOL))
                    .forEach(open::add);
            next.getSubclasses().forEach(open::add);
        }

        assertThat(
                        CLASSES.stream()
                                .filter(type -> type.getPackageName().equals(PROTOCOL))
                                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                                .filter(type -> !TOOLS.contains(type.getSimpleName()))
                                .filter(type -> !reached.contains(type)))
                .as("a type that no message speaks of belongs to the module that speaks it")
                .isEmpty();
    }

    @Test
    void packages_do_not_go_round_in_circles() {
        slices().matching("io.xwasm.agent.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package that needs another's needs it in one direction only")
                .check(CLASSES);
    }

    @Test
    void the_protocol_knows_no_other_module() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.xwasm.agent.vm..",
                        "io.xwasm.agent.ledger..",
                        "io.xwasm.agent.daemon..",
                        "io.xwasm.controlplane..",
                        "io.vertx..",
                        "org.rocksdb..",
                        "com.dylibso..")
                .because("everybody speaks it, so it must not pull anything along")
                .check(CLASSES);
    }

    @Test
    void only_signatures_and_keys_know_bouncy_castle() {
        noClasses()
                .that()
                .haveSimpleNameNotContaining("Signatures")
                .and()
                .haveSimpleNameNotContaining("AccountKey")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .because("who does the arithmetic of a signature is nobody else's business")
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

    @Test
    void time_is_an_argument() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("only main reads the system's clock")
                .check(CLASSES);
    }
}
