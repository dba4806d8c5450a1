package io.xwasm.deploy.dev;

import java.io.IOException;
import java.nio.file.Files;

/**
 * The one screen that a person sees when the fleet runs.
 *
 * @param first whether this is the fleet's first start, and so its password not yet known
 */
record Banner(DevFolder folder, DevPorts ports, int nodes, boolean first) {
    String text() {
        return """

        A fleet of %d node(s) runs.

          console    %s
          API        %s
          user       %s
          password   %s
          data       %s

          try        deploy/xwasm status
                     deploy/xwasm contracts show dex
                     deploy/xwasm contracts call token transfer '{"to": "%s", "amount": 5}'
          stop       Ctrl-C here, or: deploy/xwasm dev stop --data %s
        """
                .formatted(
                        nodes,
                        DevPorts.address(ports.console()),
                        DevPorts.address(ports.controlPlane()),
                        ProcessConfigs.USER,
                        password(),
                        folder.root(),
                        "ab".repeat(32),
                        folder.root());
    }

    private String password() {
        if (!first) {
            return "as at the first start (%s)".formatted(folder.firstPassword());
        }
        try {
            return Files.readString(folder.firstPassword()).strip() + "   (shown this once)";
        } catch (IOException _) {
            return "in " + folder.firstPassword();
        }
    }
}
