using System.CommandLine;
using Kinora.Backups;

namespace Kinora.Server.Commands;

/// <summary><c>kinora backup</c>: a copy of the database, the keys and the files, while servers run.</summary>
internal static class BackupCommand
{
    public static Command Build()
    {
        var target = new Argument<string>("target") { Description = "A folder that does not exist yet, or one file whose name ends in .tar", HelpName = "FILE_OR_FOLDER" };
        var withoutFiles = new Option<bool>("--without-files") { Description = "Only the database, keys and settings; results and pictures are copied in another way" };
        var command = new Command("backup", "Copy the database, keys and results, while servers run") { target, withoutFiles };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var name = parsed.GetRequiredValue(target);
            var report = await context.Host.Get<IBackups>().WriteAsync(name, !parsed.GetValue(withoutFiles), cancel);
            if (report.Missing.Count > 0)
            {
                CliContext.Say($"{report.Missing.Count} files that jobs name were not there, such as {report.Missing[0]}. The manifest lists them.");
            }

            if (report.DatabaseHint is { } hint)
            {
                CliContext.Say(hint);
            }

            context.Answer(FormattableString.Invariant($"{name}: {report.Files} files, {report.Bytes / 1048576.0:0.0} MiB. Whoever reads it can sign in as anybody: keep it as you keep keys."), json =>
            {
                json.WriteStartObject();
                json.WriteString("target", name);
                json.WriteNumber("files", report.Files);
                json.WriteNumber("bytes", report.Bytes);
                json.WriteStartArray("missing");
                foreach (var missing in report.Missing)
                {
                    json.WriteStringValue(missing);
                }

                json.WriteEndArray();
                json.WriteString("database_hint", report.DatabaseHint);
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }));
        return command;
    }
}
