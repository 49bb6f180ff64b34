package io.twinstream.standalone;

import picocli.CommandLine.Command;

/** {@code twinstream bench}. */
@Command(
    name = "bench",
    description = "Measures parts of Twinstream on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchIndexCommand.class, BenchStoreCommand.class, BenchReplayCommand.class})
final class BenchCommand {}
