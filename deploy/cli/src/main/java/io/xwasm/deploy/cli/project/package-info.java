/**
 * What authors of contracts need on their own machine: a new project, and its scenarios' modules.
 */
@NullMarked
package io.xwasm.deploy.cli.project;

import org.jspecify.annotations.NullMarked;
