package io.xwasm.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Says that the console answers. It is ready as soon as it does: a control plane that is away is
 * shown, not hidden behind a page that cannot be reached.
 */
final class Probe extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("application/json");
        response.getWriter().print("{\"status\":\"ok\"}");
    }
}
