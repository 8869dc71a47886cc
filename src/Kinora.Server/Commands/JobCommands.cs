using System.CommandLine;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Server.Commands;

/// <summary>The commands about jobs there are: status, wait, list, cancel, delete.</summary>
internal static class JobCommands
{
    public static Command BuildStatus()
    {
        var id = IdArgument();
        var command = new Command("status", "Tell how a job stands") { id };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var job = await context.Host.Get<GenerationService>().GetAsync(Caller.Local, IdOf(parsed.GetValue(id)!), cancel);
            context.Answer(JobText.Describe(context, job), json => JobView.Write(json, job));
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

            context.Answer(ended is null ? job.PublicId : JobText.Describe(context, ended), json => JobView.Write(json, ended ?? job));
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
            context.Answer(JobText.Table(page, query != new JobQuery(null, query.Limit)), json =>
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

            context.Answer(JobText.Describe(context, job), json => JobView.Write(json, job));
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

    public static Argument<string> IdArgument() => new("id") { Description = "Id of a job (video_…, image_… or a UUID)" };

    /// <summary>The job that one of several pictures belongs to; a text that is no id stays as it is, to be refused where ids are looked up.</summary>
    public static string IdOf(string text) => ImageId.TryParse(text, out var id) ? id.Job.ToString() : text;

    private static void Allow(System.CommandLine.Parsing.OptionResult result, bool allowed, string text)
    {
        if (!allowed)
        {
            result.AddError(text);
        }
    }
}
