package io.xwasm.console.look;

/** The product's mark. */
public final class Brand {
    private Brand() {}

    public static Markup mark() {
        return new Markup(
                """
                <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 1.2l7.6 4.4v8.8L10 18.8l-7.6\
                -4.4V5.6z" fill="none" stroke="currentColor" stroke-width="1.6" \
                stroke-linejoin="round"/><path d="M6 8l1.6 4.6L10 8.4l2.4 4.2L14 8" fill="none" \
                stroke="var(--x-accent)" stroke-width="1.6" stroke-linejoin="round" \
                stroke-linecap="round"/></svg><span>xwasm</span>\
                """);
    }
}
