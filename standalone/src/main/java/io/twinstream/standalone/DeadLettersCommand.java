package io.twinstream.standalone;

import picocli.CommandLine.Command;

/** {@code twinstream dead-letters}. */
@Command(
    name = "dead-letters",
    description = "Shows what could not be read as an event, and sends it once more.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersRetryCommand.class
    })
final class DeadLettersCommand {}
