using System.CommandLine;
using Kinora.Adapters;
using Kinora.Backups;

namespace Kinora.Server.Commands;

/// <summary><c>kinora restore</c>: a backup into an empty data folder. What it holds as unsent is looked up at the providers, never sent by itself.</summary>
internal static class RestoreCommand
{
    public static Command Build()
    {
        var source = new Argument<string>("source") { Description = "What kinora backup wrote", HelpName = "FILE_OR_FOLDER" };
        var command = new Command("restore", "Fill an empty data folder (--data) from a backup") { source };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var backup = Path.GetFullPath(parsed.GetRequiredValue(source));
            await KinoraAdapters.UnpackSettingsAsync(backup, context.Configuration.Data, cancel);
            // The settings are read now, with those of the backup.
            await using var restored = new CliContext(context.Json, context.Configuration.Data.Path);
            return Tell(restored, await restored.Host.Get<IBackups>().RestoreAsync(backup, cancel));
        }));
        command.Subcommands.Add(BuildMark());
        return command;
    }

    private static Command BuildMark()
    {
        var files = new Option<bool>("--files") { Description = "Also look for the file of every result" };
        var command = new Command("mark", "Make a database that other means have restored safe to run, before any server starts") { files };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
            Tell(context, await context.Host.Get<IBackups>().MarkAsync(parsed.GetValue(files), cancel))));
        return command;
    }

    private static int Tell(CliContext context, RestoreReport report)
    {
        context.Answer(
            $"""
             {report.LookedUp} open jobs may have been sent since the backup: their providers are asked, and none is sent by itself.
             {report.GoOn} open jobs go on where they stood.
             {report.FetchedAgain} results are not there and are asked for again; {report.Lost} cannot be asked for and say so.
             """,
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("looked_up", report.LookedUp);
                json.WriteNumber("go_on", report.GoOn);
                json.WriteNumber("fetched_again", report.FetchedAgain);
                json.WriteNumber("lost", report.Lost);
                json.WriteEndObject();
            });
        return ExitCodes.Done;
    }
}
