/**
 * What screens are made of: markup, icons, status marks, figures, charts, tables, notes.
 *
 * <p>What is only read is rendered here on the server as {@link io.xwasm.console.look.Markup} and
 * shown in a {@link io.xwasm.console.look.Fragment}, which sends it to the browser only when it has
 * changed; so a page can be drawn again each second at no cost. What is operated is a Vaadin
 * component. Colours and sizes are in the style sheets, never here. Read {@link
 * io.xwasm.console.look.Markup} first.
 */
@NullMarked
package io.xwasm.console.look;

import org.jspecify.annotations.NullMarked;
