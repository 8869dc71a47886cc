using System.CommandLine;
using System.Runtime.InteropServices;
using Kinora.Adapters;
using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Health;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Providers;

namespace Kinora.Server.Commands;

/// <summary>Checks what a working Kinora needs, line by line, each with its mend.</summary>
internal static class DoctorCommand
{
    private sealed record Finding(string What, bool Ok, string Text, string? Mend);

    public static Command Build()
    {
        var command = new Command("doctor", "Check the configuration, folders, tools and providers");
        command.SetAction(CliContext.Action(async (context, _, cancel) =>
        {
            var findings = new List<Finding>();
            await ExamineAsync(context, findings, cancel);
            context.Answer(string.Join(Environment.NewLine, findings.Select(Line)), json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("checks");
                foreach (var finding in findings)
                {
                    json.WriteStartObject();
                    json.WriteString("check", finding.What);
                    json.WriteBoolean("ok", finding.Ok);
                    json.WriteString("text", finding.Text);
                    json.WriteString("mend", finding.Mend);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return findings.TrueForAll(f => f.Ok) ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    private static string Line(Finding finding) =>
        $"{(finding.Ok ? "ok  " : "BAD ")} {finding.What,-16} {finding.Text}{(finding.Mend is { } mend ? Environment.NewLine + new string(' ', 22) + "-> " + mend : "")}";

    private static async Task ExamineAsync(CliContext context, List<Finding> findings, CancellationToken cancel)
    {
        findings.Add(new Finding("runtime", true, RuntimeInformation.FrameworkDescription, null));
        try
        {
            _ = context.Host;
        }
        catch (KinoraException fault)
        {
            findings.Add(new Finding("configuration", false, fault.Message, "correct the settings named above"));
            return;
        }

        findings.Add(new Finding("configuration", true, "read without faults", null));
        findings.Add(new Finding("data folder", true, context.Host.Data.Path, null));
        await CheckAsync(findings, "database", "see the text; a backup can be restored into another folder", async () =>
            await context.Host.Services.DatabaseVersionAsync(cancel));
        await CheckAsync(findings, "storage", "make room on the disk, or set Storage:Folder; for a bucket, correct what the text names", async () =>
        {
            await context.Host.Get<IAssetStore>().CheckAsync(cancel);
            var free = context.Host.Get<IAssetStore>().FreeBytes();
            return free > 0
                ? FormattableString.Invariant($"{free / 1073741824.0:0.0} GiB free above the reserve")
                : throw new KinoraException(ErrorCodes.StorageFull, "less free room than the reserve (Storage:ReserveMegabytes)");
        });
        var folders = context.Host.Get<UserFolders>();
        await CheckFolderAsync(findings, "video folder", "Folders:Videos", folders.Videos);
        await CheckFolderAsync(findings, "reference folder", "Folders:References", folders.References);
        await CheckFolderAsync(findings, "workspace", "Folders:Workspace", folders.Workspace);
        await CheckAsync(findings, "ffmpeg", "apt-get install ffmpeg (or set Media:Ffmpeg and Media:Ffprobe)", async () =>
        {
            var media = context.Host.Get<IMediaTool>();
            return media.Missing() is { } missing ? throw new KinoraException(ErrorCodes.MediaToolMissing, missing) : await media.VersionAsync(cancel) ?? "";
        });
        var all = new List<ModelInfo>();
        foreach (var provider in context.Host.Get<ProviderSet>().All)
        {
            var models = await provider.ListModelsAsync(cancel);
            all.AddRange(models);
            findings.Add(new Finding("provider", true, $"{provider.Name}: {(models.Count == 0 ? "any model name is passed on" : $"{Models(models.Count)}")}", null));
        }

        findings.Add(Catalogue(CatalogAge.Of(all, DateOnly.FromDateTime(context.Host.Get<TimeProvider>().GetUtcNow().UtcDateTime)), all.Count));
        await ReachAsync(context, findings, cancel);
        await CheckAsync(findings, "unknown jobs", "look them up at their providers; `kinora jobs unknown` lists them", async () =>
        {
            var unknown = await context.Host.Get<UnknownJobs>().ListAsync(1_000, cancel);
            return unknown.Count == 0 ? "none" : throw new KinoraException(ErrorCodes.SubmissionUnknown, FormattableString.Invariant($"{unknown.Count} were sent, and nobody knows what became of them"));
        });
    }

    private static string Models(int count) => FormattableString.Invariant($"{count} model{(count == 1 ? "" : "s")}");

    /// <summary>Nothing of this stops anything from working today.</summary>
    private static Finding Catalogue(CatalogAge age, int count)
    {
        var parts = new List<string> { Models(count) };
        parts.AddRange(age.Ending.Select(m => FormattableString.Invariant($"{m.Id} ends on {m.RetiresOn:yyyy-MM-dd}{(m.Replacement is { } next ? $" (use {next})" : "")}")));
        if (age.Old.Count > 0)
        {
            parts.Add($"facts or prices read more than {CatalogAge.OldDays} days ago: {string.Join(", ", age.Old.Select(m => m.Id))}");
        }

        return new Finding("catalogue", true, string.Join("; ", parts), age.Old.Count > 0 ? "a newer Kinora may know better; the vendor's own pages always do" : null);
    }

    /// <summary>What the jobs of this data folder met; nothing is sent for this. An unusable database has a line of its own.</summary>
    private static async Task ReachAsync(CliContext context, List<Finding> findings, CancellationToken cancel)
    {
        try
        {
            var now = context.Host.Get<TimeProvider>().GetUtcNow();
            foreach (var health in (await context.Host.Get<CircuitBreakers>().ListAsync(cancel)).Where(h => h.State != BreakerState.Closed))
            {
                var next = !health.IsShut(now) ? "the next one tries it"
                    : health.State == BreakerState.HalfOpen ? "one of them is trying it now"
                    : FormattableString.Invariant($"one of them tries it at {health.Until:HH:mm:ss} UTC");
                findings.Add(new Finding(
                    "reach",
                    false,
                    $"{health.Provider} is not reachable at present ({health.Word}, {health.Faults} faults in a row). {health.LastFault}",
                    $"see that it is up and that Providers:{health.Provider}:BaseUrl is right; its jobs wait, and {next}"));
            }
        }
        catch (KinoraException)
        {
        }
    }

    private static Task CheckFolderAsync(List<Finding> findings, string what, string setting, IUserFolder folder) =>
        CheckAsync(findings, what, $"make {folder.Path} a folder that this user may write to, or set {setting}", () =>
        {
            folder.Check();
            return Task.FromResult(folder.Path);
        });

    private static async Task CheckAsync(List<Finding> findings, string what, string mend, Func<Task<string>> check)
    {
        try
        {
            findings.Add(new Finding(what, true, await check(), null));
        }
        catch (KinoraException fault)
        {
            findings.Add(new Finding(what, false, fault.Message, mend));
        }
    }
}
