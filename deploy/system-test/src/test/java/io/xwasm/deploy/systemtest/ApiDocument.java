package io.xwasm.deploy.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document as it is served, and whether an answer is as it says. */
final class ApiDocument {
    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode document;
    private final Set<String> checked = new TreeSet<>();

    ApiDocument(String yaml) {
        this.document = YAMLMapper.builder().build().readTree(yaml);
    }

    String version() {
        return document.path("openapi").asString();
    }

    /** Every method and path. */
    Set<String> routes() {
        var routes = new TreeSet<String>();
        for (var path : document.path("paths").properties()) {
            path.getValue().propertyNames().forEach(m -> routes.add(m + " " + path.getKey()));
        }
        return routes;
    }

    /** Those of which an answer with success was checked. */
    Set<String> checked() {
        return checked;
    }

    /**
     * Fails when the answer's status, content type or body is not what the document says.
     *
     * @param method in lower case
     * @param path as the document writes it, with names in braces
     */
    void requireDocumented(String method, String path, Http.Answer answer) {
        var route = method + " " + path;
        var responses = document.path("paths").path(path).path(method).path("responses");
        assertThat(responses.isObject()).as("the document has %s", route).isTrue();
        var status = Integer.toString(answer.status());
        boolean expected = responses.has(status);
        var response = expected ? responses.path(status) : responses.path("default");
        if (!expected) {
            assertThat(answer.status()).as("status of %s: %s", route, answer).isGreaterThan(399);
        }
        response = referenced(response);
        if (response.has("content")) {
            requireBody(route, response.path("content"), answer);
        } else {
            assertThat(answer.body()).as("body of %s", route).isEmpty();
        }
        for (var header : response.path("headers").propertyNames()) {
            assertThat(answer.headers()).as("headers of %s", route).containsKey(lower(header));
        }
        if (expected) {
            checked.add(route);
        }
    }

    private void requireBody(String route, JsonNode content, Http.Answer answer) {
        var type = answer.type().replaceAll(";.*", "");
        assertThat(content.propertyNames())
                .as("content type of %s: %s", route, answer)
                .contains(type);
        if (type.endsWith("json")) {
            requireValid(route, content.path(type).path("schema"), answer.body());
        }
    }

    private void requireValid(String route, JsonNode schema, String body) {
        // The schemas of the document become definitions of one schema that stands by itself.
        var whole =
                new JsonObject(schema.toString().replace(SCHEMAS, "#/$defs/"))
                        .put("$schema", Draft.DRAFT202012.getIdentifier())
                        .put(
                                "$defs",
                                new JsonObject(
                                        document.at("/components/schemas")
                                                .toString()
                                                .replace(SCHEMAS, "#/$defs/")));
        var result =
                Validator.create(
                                JsonSchema.of(whole),
                                new JsonSchemaOptions()
                                        .setBaseUri("app://document")
                                        .setDraft(Draft.DRAFT202012)
                                        .setOutputFormat(OutputFormat.Basic))
                        .validate(new JsonObject(body));
        assertThat(result.getValid())
                .as("%s answered %s: %s", route, body, result.getErrors())
                .isTrue();
    }

    private JsonNode referenced(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    private static String lower(String header) {
        return header.toLowerCase(java.util.Locale.ROOT);
    }
}
