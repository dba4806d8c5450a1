package io.xwasm.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.NodeId;
import io.xwasm.deploy.cli.agent.FakeHttp;
import io.xwasm.deploy.cli.agent.FakeHttp.Said;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class XwasmCommandTest {
    private static final String USERS =
            "{\"items\":[{\"name\":\"ada\",\"role\":\"viewer\",\"createdAt\":\"2026-11-22T09:00:00Z\",\"lastSeenAt\":null}],\"next\":\"abc\"}";

    @TempDir Path folder;
    private FakeHttp api;
    private Shell shell;

    @BeforeEach
    void start() throws Exception {
        api = new FakeHttp().on("GET /api/v1/users?limit=100", USERS);
        shell = new Shell(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void every_command_has_help_with_examples() {
        var terminal =
                new Terminal(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(new StringWriter()),
                        new BufferedReader(new StringReader("")),
                        false,
                        false,
                        Map.of());
        var root =
                XwasmMain.commandLine(new XwasmCommand(terminal, InstantSource.system(), _ -> {}));
        var commands = new ArrayList<CommandLine>();
        collect(root, commands);
        assertThat(commands).hasSizeGreaterThan(40);
        for (var command : commands) {
            var help = command.getUsageMessage();
            var name = command.getCommandSpec().qualifiedName();
            assertThat(help).as(name).contains("Examples:").contains("--json").contains("--help");
            assertThat(command.getCommandSpec().usageMessage().footer())
                    .as(name)
                    .anyMatch(line -> line.startsWith("  " + name));
            assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
        }
    }

    @Test
    void global_options_are_accepted_anywhere() {
        var server = api.address().toString();
        for (var line :
                List.of(
                        new String[] {
                            "--json", "--server", server, "--token", "t", "users", "list"
                        },
                        new String[] {
                            "users", "--json", "--server", server, "list", "--token", "t"
                        },
                        new String[] {
                            "users", "list", "--token", "t", "--server", server, "--json"
                        })) {
            var ran = shell.run(line);
            assertThat(ran.err()).isEmpty();
            assertThat(ran.code()).isZero();
            assertThat(ran.json().at("/items/0/name").asString()).isEqualTo("ada");
        }
        assertThat(api.heard()).allMatch(request -> request.authorization().equals("Bearer t"));
    }

    @Test
    void a_list_is_a_table_without_colours_and_says_how_to_go_on() {
        var ran = toFleet().run("users", "list");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("USER  ROLE    CREATED")
                .contains("ada   viewer  2026-11-22T09:00:00Z  –")
                .doesNotContain("\u001b");
        assertThat(ran.err()).isEqualTo("There are more: --cursor abc\n");
    }

    @Test
    void the_running_development_fleet_is_found_by_itself() throws Exception {
        var token = Files.writeString(folder.resolve("token"), "secret\n");
        fleet(api.address(), token).write(folder);
        assertThat(shell.run("users", "list").code()).isZero();
        assertThat(api.heard().getFirst().authorization()).isEqualTo("Bearer secret");
    }

    @Test
    void the_development_fleets_token_goes_nowhere_else() throws Exception {
        var token = Files.writeString(folder.resolve("token"), "secret\n");
        fleet(URI.create("http://127.0.0.1:1"), token).write(folder);
        var ran = shell.run("users", "list", "--server", api.address().toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("no token for " + api.address());
        assertThat(api.heard()).isEmpty();
    }

    @Test
    void the_file_of_a_development_fleet_has_the_shape_that_is_promised() throws Exception {
        fleet(URI.create("http://127.0.0.1:7400"), Path.of("/t")).write(folder);
        assertThat(Files.readString(folder.resolve("dev.json")).replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"api\":\"http://127.0.0.1:7400\",\"console\":\"http://127.0.0.1:7401\",\"tokenFile\":\"/t\",\"controlPlane\":{\"pid\":1},\"agents\":[{\"node\":\"node-1\",\"pid\":2,\"api\":\"http://127.0.0.1:7410\"}]}");
        assertThat(DevFleet.read(folder))
                .contains(fleet(URI.create("http://127.0.0.1:7400"), Path.of("/t")));
        assertThat(DevFleet.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void without_a_fleet_it_says_how_to_name_one() {
        var ran = shell.run("status");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo(
                        "xwasm: no server: give --server and --token, set XWASM_SERVER and XWASM_TOKEN, or start a fleet here with 'xwasm dev'\n");
    }

    @Test
    void nobody_there_is_exit_code_3() {
        var ran = shell.run("status", "--server", "http://127.0.0.1:1", "--token", "t");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err())
                .isEqualTo("xwasm: the control plane at http://127.0.0.1:1 does not answer\n");
    }

    @Test
    void a_refusal_is_exit_code_1_and_one_sentence() {
        api.on("GET /api/v1/nodes/node-9", _ -> Said.problem(404, "there is no node node-9"));
        var ran = toFleet().run("nodes", "show", "node-9");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("xwasm: there is no node node-9\n");

        var json = toFleet().run("nodes", "show", "node-9", "--json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json().path("detail").asString()).isEqualTo("there is no node node-9");
        assertThat(json.err()).isEqualTo("xwasm: there is no node node-9\n");
    }

    @Test
    void typed_wrong_is_exit_code_2_and_one_sentence() {
        for (var line :
                List.of(
                        new String[] {"frobnicate"},
                        new String[] {"nodes"},
                        new String[] {"nodes", "show"},
                        new String[] {"nodes", "show", "a b"},
                        new String[] {"contracts", "deploy", "token"},
                        new String[] {"failover", "policy", "main", "--strategy", "hopeful"},
                        new String[] {"contracts", "rollback", "dex", "--to", "one"},
                        new String[] {"tokens", "create", "t", "--expires", "soon"},
                        new String[] {"accounts", "fund", "default", "-5"},
                        new String[] {"--server", "nonsense", "status"},
                        new String[] {"contracts", "deploy", "x", "--code", "/no/such.wasm"})) {
            var ran = toFleet().run(line);
            assertThat(ran.code()).as(String.join(" ", line)).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err().strip().lines().toList()).as(ran.err()).hasSize(1);
            assertThat(ran.err()).startsWith("xwasm: ");
        }
        assertThat(api.heard()).allMatch(request -> request.what().startsWith("GET "));
    }

    @Test
    void a_password_is_read_from_standard_input_and_never_from_the_line() {
        api.on(
                "POST /api/v1/users",
                "{\"name\":\"ada\",\"role\":\"viewer\",\"createdAt\":\"2026-11-22T09:00:00Z\",\"lastSeenAt\":null}");
        var ran =
                toFleet()
                        .runWithInput("correct horse\n", "users", "add", "ada", "--role", "viewer");
        assertThat(ran.code()).isZero();
        assertThat(api.heard("POST /api/v1/users").getFirst().text())
                .contains("\"password\":\"correct horse\"");
        assertThat(ran.out()).isEqualTo("User ada may sign in as viewer.\n");
    }

    private Shell toFleet() {
        return shell.with("XWASM_SERVER", api.address().toString()).with("XWASM_TOKEN", "t");
    }

    private static DevFleet fleet(URI server, Path token) {
        return new DevFleet(
                server,
                URI.create("http://127.0.0.1:7401"),
                token.toString(),
                new DevFleet.ControlPlane(1),
                List.of(
                        new DevFleet.Agent(
                                new NodeId("node-1"), 2, URI.create("http://127.0.0.1:7410"))));
    }

    private static void collect(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(sub -> collect(sub, all));
    }
}
