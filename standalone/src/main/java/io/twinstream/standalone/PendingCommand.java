package io.twinstream.standalone;

import picocli.CommandLine.Command;

/** {@code twinstream pending}. */
@Command(
    name = "pending",
    description = "Shows what has no result yet, and gives it up.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PendingListCommand.class, PendingCancelCommand.class})
final class PendingCommand {}
