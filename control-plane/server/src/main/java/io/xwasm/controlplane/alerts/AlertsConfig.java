package io.xwasm.controlplane.alerts;

import io.xwasm.controlplane.configuration.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * @param webhookUrl where notifications go until somebody sets another address over the API
 * @param consoleUrl base of the links in notifications
 */
public record AlertsConfig(Optional<String> webhookUrl, String consoleUrl) {
    public AlertsConfig {
        webhookUrl.ifPresent(url -> {
            if (!valid(url)) {
                throw new IllegalArgumentException(
                        "alerts.webhook-url is an http or https address, not " + url);
            }
        });
    }

    public static AlertsConfig from(Settings settings) {
        return new AlertsConfig(
                settings.text("alerts.webhook-url"), settings.text("alerts.console-url", ""));
    }

    static boolean valid(String url) {
        try {
            var uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
