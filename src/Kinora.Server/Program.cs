using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Kinora.Adapters.Media.Images;
using Kinora.Server.Commands;
using Kinora.Server.Lab;

// The child that decodes pictures: before anything else is loaded.
if (args is ["image-worker", ..])
{
    return ImageWorker.Run(args[1..]);
}

// A plain command: a RootCommand would bear the name of the assembly in every usage line.
var root = new Command("kinora", "Kinora makes AI video and images with any provider, or with its own renderer. It never bills twice and keeps every result.");

// Clients start `kinora mcp` and wait for its first answer: the other commands are not even built then.
foreach (var command in args is ["mcp", ..] ? [McpCommand.Build()] : AllCommands())
{
    root.Subcommands.Add(command);
}

root.Options.Add(new HelpOption());
root.Options.Add(new VersionOption());
root.Options.Add(CliContext.DataOption);
root.Options.Add(CliContext.JsonOption);

var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine("kinora: " + error.Message);
    }

    Console.Error.WriteLine($"        `{Path(parsed.CommandResult)}--help` shows what is allowed.");
    return ExitCodes.Refused;

    // With the commands above it: kinora keys create.
    static string Path(SymbolResult? result) => result is CommandResult command ? $"{Path(command.Parent)}{command.Command.Name} " : "";
}

// A command ends in its own time after Ctrl+C: it hands its jobs over first.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(3), EnableDefaultExceptionHandler = false };
return args is ["mcp", ..] ? parsed.Invoke(invocation) : parsed.InvokeAsync(invocation).GetAwaiter().GetResult();

static Command[] AllCommands() =>
[
    CreateCommand.Build(),
    ImageCommand.Build(),
    JobCommands.BuildStatus(),
    JobCommands.BuildWait(),
    JobCommands.BuildList(),
    DownloadCommand.Build(),
    RemixCommand.BuildRemix(),
    RemixCommand.BuildEdit(),
    RemixCommand.BuildExtend(),
    SessionCommand.Build(),
    JobCommands.BuildCancel(),
    JobCommands.BuildDelete(),
    UnknownJobsCommand.Build(),
    ModelsCommand.Build(),
    DoctorCommand.Build(),
    ServeCommand.Build(),
    McpCommand.Build(),
    KeysCommand.Build(),
    UsersCommand.Build(),
    BackupCommand.Build(),
    RestoreCommand.Build(),
    LabCommand.Build(),
    WorkCommand.Build(),
];
