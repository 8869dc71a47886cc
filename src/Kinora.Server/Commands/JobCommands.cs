using System.CommandLine;
using System.Globalization;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Images;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Server.Commands;

/// <summary>The commands about jobs there are: status, wait, list, download, cancel, delete.</summary>
internal static class JobCommands
{
    private const int PromptColumn = 48;

    public static Command BuildStatus()
    {
        var id = IdArgument();
        var command = new Command("status", "Tell how a job stands") { id };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var job = await context.Host.Get<GenerationService>().GetAsync(Caller.Local, IdOf(parsed.GetValue(id)!), cancel);
            context.Answer(Describe(context, job), json => JobView.Write(json, job));
            return ExitCodes.Done;
        }));
        return command;
    }

    public static Command BuildWait()
    {
        var id = IdArgument();
        var timeout = new Option<double?>("--timeout") { Description = "Stop waiting after so many seconds; the job goes on", HelpName = "SECONDS" };
        var command = new Command("wait", "Wait for a job; looks again at an expired one") { id, timeout };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var job = await context.Host.Get<GenerationService>().LookAgainAsync(Caller.Local, IdOf(parsed.GetValue(id)!), cancel);
            if (!job.Status.IsFinal() && !context.Host.Get<ProviderSet>().TryGet(job.Provider, out _))
            {
                throw new KinoraException(
                    ErrorCodes.ProviderNotAllowed,
                    $"The job's provider \"{job.Provider}\" is not configured here, so nobody can look at it. Set its key or its settings again; the job is kept.");
            }

            await using var runner = new RunnerSession(context.Host);
            var limit = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e7)) : (TimeSpan?)null;
            var (ended, exitCode) = await Following.WaitAsync(context, job, limit, cancel);
            if (ended is not null)
            {
                Following.Report(context, ended);
            }

            context.Answer(ended is null ? job.PublicId : Describe(context, ended), json => JobView.Write(json, ended ?? job));
            return exitCode;
        }));
        return command;
    }

    public static Command BuildList()
    {
        var limit = new Option<int>("--limit") { Description = "At most so many (1-1000)", DefaultValueFactory = _ => 20, HelpName = "NUMBER" };
        var status = new Option<string?>("--status") { Description = "Only queued, in_progress, completed or failed ones", HelpName = "WORD" };
        var kind = new Option<string?>("--kind") { Description = "Only videos or images: video, image", HelpName = "WORD" };
        var model = new Option<string?>("--model") { Description = "Only of this model", HelpName = "MODEL" };
        var text = new Option<string?>("--search") { Description = "Only with these words in the prompt", HelpName = "TEXT" };
        var after = new Option<string?>("--after") { Description = "Go on after this id", HelpName = "ID" };
        limit.Validators.Add(r => Allow(r, r.GetValue(limit) is >= 1 and <= 1000, "--limit: 1 to 1000 is allowed."));
        status.AcceptOnlyFromAmong("queued", "in_progress", "completed", "failed");
        kind.AcceptOnlyFromAmong(MediaKind.Video.Word(), MediaKind.Image.Word());
        var command = new Command("list", "List jobs, newest first") { limit, status, kind, model, text, after };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            JobId? cursor = parsed.GetValue(after) is not { } word ? null : JobId.TryParse(IdOf(word), out var found) ? found : throw KinoraException.NotFound("job");
            var query = new JobQuery(null, parsed.GetValue(limit), cursor)
            {
                PublicStatus = parsed.GetValue(status),
                Kind = parsed.GetValue(kind) is { } made ? Enum.Parse<MediaKind>(made, ignoreCase: true) : null,
                Model = parsed.GetValue(model),
                Text = parsed.GetValue(text),
            };
            var page = await context.Host.Get<GenerationService>().ListAsync(Caller.Local, query, cancel);
            context.Answer(Table(page, query != new JobQuery(null, query.Limit)), json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("data");
                foreach (var job in page.Jobs)
                {
                    JobView.Write(json, job);
                }

                json.WriteEndArray();
                json.WriteBoolean("has_more", page.HasMore);
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }));
        return command;
    }

    public static Command BuildDownload()
    {
        var id = IdArgument();
        var variant = new Option<string?>("--variant") { Description = "video, thumbnail or spritesheet; image (else the video or image)", HelpName = "WORD" };
        var outFile = new Option<string?>("--out", "-o") { Description = "File to write (else named after the prompt, in the current folder)", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists" };
        variant.AcceptOnlyFromAmong("video", "thumbnail", "spritesheet", "image");
        var command = new Command("download", "Write a result to a file") { id, variant, outFile, force };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            OutputFile.Check(parsed.GetValue(outFile), parsed.GetValue(force));
            var job = await context.Host.Get<GenerationService>().GetAsync(Caller.Local, IdOf(parsed.GetValue(id)!), cancel);
            if (job.Status != JobStatus.Completed)
            {
                throw new KinoraException(ErrorCodes.NotReady, $"There is nothing to download: the job is {job.Status.PublicWord()}. `kinora wait {job.PublicId}` waits for it.");
            }

            var word = parsed.GetValue(variant) ?? job.Kind.Word();
            var wanted = Enum.Parse<AssetRole>(word, ignoreCase: true);
            var index = ImageId.TryParse(parsed.GetValue(id), out var picture) ? picture.Index : 0;
            var asset = job.Assets.FirstOrDefault(a => a.Role == wanted && a.Index == index) ?? throw Lacks(job, index == 0 ? word : $"{word} number {index + 1}");
            var stem = wanted is AssetRole.Video or AssetRole.Image ? job.Request.Prompt : $"{job.Request.Prompt} {word}";
            var saved = await OutputFile.SaveAsync(context.Host.Get<IAssetStore>(), asset, parsed.GetValue(outFile), stem, parsed.GetValue(force), cancel);
            context.Answer(saved, json =>
            {
                json.WriteStartObject();
                json.WriteString("id", wanted == AssetRole.Image ? new ImageId(job.Id, index).ToString() : job.PublicId);
                json.WriteString("variant", word);
                json.WriteString("saved_to", saved);
                json.WriteNumber("bytes", asset.Bytes);
                json.WriteString("sha256", asset.Sha256);
                json.WriteEndObject();
            });
            if (wanted == AssetRole.Image && index == 0 && job.Assets.Count(a => a.Role == AssetRole.Image) is > 1 and var pictures)
            {
                CliContext.Say($"This is the first of {pictures} pictures; the next one is {new ImageId(job.Id, 1)}.");
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    public static Command BuildCancel()
    {
        var id = IdArgument();
        var command = new Command("cancel", "Stop a job, where its provider can") { id };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var service = context.Host.Get<GenerationService>();
            var job = await service.CancelAsync(Caller.Local, IdOf(parsed.GetValue(id)!), cancel);
            if (!job.Status.IsFinal())
            {
                await using var runner = new RunnerSession(context.Host);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                limit.CancelAfter(TimeSpan.FromSeconds(45));
                job = await service.WaitAsync(Caller.Local, job.PublicId, _ => { }, limit.Token);
            }

            context.Answer(Describe(context, job), json => JobView.Write(json, job));
            return job.Status == JobStatus.Cancelled ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    public static Command BuildDelete()
    {
        var id = IdArgument();
        var command = new Command("delete", "Remove a finished job and its files") { id };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var service = context.Host.Get<GenerationService>();
            var job = await service.GetAsync(Caller.Local, IdOf(parsed.GetValue(id)!), cancel);
            await service.DeleteAsync(Caller.Local, job.PublicId, cancel);
            context.Answer($"Deleted {job.PublicId}.", json =>
            {
                json.WriteStartObject();
                json.WriteString("id", job.PublicId);
                json.WriteBoolean("deleted", true);
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Argument<string> IdArgument() => new("id") { Description = "Id of a job (video_…, image_… or a UUID)" };

    /// <summary>The job that one of several pictures belongs to; a text that is no id stays as it is, to be refused where ids are looked up.</summary>
    private static string IdOf(string text) => ImageId.TryParse(text, out var id) ? id.Job.ToString() : text;

    private static KinoraException Lacks(Job job, string what) =>
        new(ErrorCodes.NotFound, $"This job has no {what}. It has: {string.Join(", ", job.Assets.CountBy(a => a.Role).Select(r => r.Key.ToString().ToLowerInvariant() + (r.Value > 1 ? $" ({r.Value})" : "")))}.");

    private static void Allow(System.CommandLine.Parsing.OptionResult result, bool allowed, string text)
    {
        if (!allowed)
        {
            result.AddError(text);
        }
    }

    private static string Describe(CliContext context, Job job)
    {
        var video = job.Assets.FirstOrDefault(a => a.Role == AssetRole.Video);
        var lines = new List<string>
        {
            $"{job.PublicId}  {job.Status.PublicWord()}  {JobView.Percent(job)} %",
            $"  model    {job.Model}",
            $"  prompt   {JobView.Short(job.Request.Prompt, 100)}",
        };
        if (job.Reason.Length > 0)
        {
            lines.Add($"  stage    {job.Status.Word()}: {job.Reason}");
        }

        if (video is not null)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  file     {video.Width}x{video.Height}, {video.Seconds:0.##} s, {Size(video.Bytes)}, sha256 {video.Sha256[..16]}…"));
        }

        foreach (var picture in job.Assets.Where(a => a.Role == AssetRole.Image))
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  file     {new ImageId(job.Id, picture.Index)}: {picture.Width}x{picture.Height}, {Size(picture.Bytes)}, sha256 {picture.Sha256[..16]}…"));
            if (picture.WorkspaceName is { } name)
            {
                lines.Add($"  copy     {Path.Combine(context.Host.Get<UserFolders>().Workspace.Path, WorkspaceNames.Of(job.Owner, name))}");
            }
        }

        if (job.SessionId is { } session)
        {
            lines.Add($"  session  {session}");
        }

        if (job.RemoteId is { } remote && job.Status != JobStatus.Completed)
        {
            lines.Add($"  remote   {remote}");
        }

        if ((job.ChargedUsd ?? job.EstimateUsd) is > 0 and var cost)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  cost     ${cost:0.00##}{(job.ChargedUsd is null ? " (estimated)" : "")}"));
        }

        lines.AddRange(job.Warnings.Select(w => "  note     " + w));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Size(long bytes) => bytes < 1 << 20
        ? FormattableString.Invariant($"{bytes / 1024.0:0.0} KiB")
        : FormattableString.Invariant($"{bytes / 1048576.0:0.0} MiB");

    private static string Table(JobPage page, bool filtered)
    {
        if (page.Jobs.Count == 0)
        {
            return filtered ? "Nothing matches." : "Nothing here yet. Make something:  kinora create \"A paper boat sails down a rainy street\"";
        }

        var rows = page.Jobs.Select(job => string.Create(
            CultureInfo.InvariantCulture,
            $"{job.PublicId}  {job.Status.PublicWord(),-11} {JobView.Percent(job),3} %  {job.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}  {job.Model,-20}  {JobView.Short(job.Request.Prompt, PromptColumn)}"));
        var more = page.HasMore ? Environment.NewLine + $"More:  kinora list --after {page.Jobs[^1].PublicId}" : "";
        return string.Join(Environment.NewLine, rows) + more;
    }
}
