/** What is shown, without a browser. */
@org.jspecify.annotations.NullMarked
package io.xwasm.console.look;
