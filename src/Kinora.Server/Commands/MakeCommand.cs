using System.CommandLine;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Sessions;

namespace Kinora.Server.Commands;

/// <summary>What all commands that make something share: submit, wait, save, tell.</summary>
/// <param name="choosesModel">False where the model is settled before.</param>
internal sealed class MakeCommand(bool choosesModel = true)
{
    private readonly Option<string?> _model = new("--model") { Description = "Model id or alias (`kinora models`)", HelpName = "MODEL" };
    private readonly Option<long?> _seed = new("--seed") { Description = "Same seed, same result, where the model can", HelpName = "NUMBER" };
    private readonly Option<decimal?> _maxCost = new("--max-cost") { Description = "Refuse when it would cost more US dollars", HelpName = "USD" };
    private readonly Option<string[]> _options = new("--option") { Description = "A wish that only some models know (`kinora models ID`); may be repeated", HelpName = "NAME=VALUE" };
    private readonly Option<string?> _key = new("--idempotency-key") { Description = "Same key, same job: safe to repeat", HelpName = "KEY" };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Print the id and leave; the job goes on in the background" };
    private readonly Option<double?> _timeout = new("--timeout") { Description = "Stop waiting after so many seconds; the job goes on", HelpName = "SECONDS" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "File to write (else named after the prompt, in the current folder); of several pictures the second gets -2, and so on", HelpName = "FILE" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it exists" };

    /// <summary>The shared options, for the help page.</summary>
    public void AddTo(Command command)
    {
        if (choosesModel)
        {
            command.Options.Add(_model);
        }

        foreach (var option in new Option[] { _seed, _maxCost, _options, _key, _noWait, _timeout, _out, _force })
        {
            command.Options.Add(option);
        }
    }

    public string? Model(ParseResult parsed) => choosesModel ? parsed.GetValue(_model) : null;

    public string? OutFile(ParseResult parsed) => parsed.GetValue(_out);

    /// <summary>Fills in the shared fields, makes the job and follows it.</summary>
    /// <param name="session">The image session it is a turn of.</param>
    public async Task<int> RunAsync(CliContext context, ParseResult parsed, GenerationDraft draft, CancellationToken cancel, string? session = null)
    {
        var outFile = OutFile(parsed);
        var force = parsed.GetValue(_force);
        OutputFile.Check(outFile, force, draft.Count ?? 1);
        draft = draft with
        {
            Model = Model(parsed),
            Seed = parsed.GetValue(_seed),
            MaxCostUsd = parsed.GetValue(_maxCost),
            Options = Options(parsed.GetValue(_options) ?? []),
            IdempotencyKey = parsed.GetValue(_key),
        };
        var created = await (session is null
            ? context.Host.Get<GenerationService>().SubmitAsync(Caller.Local, draft, CancellationToken.None)
            : context.Host.Get<SessionService>().TurnAsync(Caller.Local, session, draft, CancellationToken.None));
        if (created.AlreadyThere)
        {
            CliContext.Say("This key has a job already; nothing new was made.");
        }

        await using var runner = new RunnerSession(context.Host);
        if (parsed.GetValue(_noWait))
        {
            context.Answer(created.Job.PublicId, json => JobView.Write(json, created.Job));
            CliContext.Say($"To wait for it:  kinora wait {created.Job.PublicId}");
            return ExitCodes.Done;
        }

        var timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e7)) : (TimeSpan?)null;
        var (job, exitCode) = await Following.WaitAsync(context, created.Job, timeout, cancel);
        return await FinishAsync(context, job ?? created.Job, exitCode, outFile, force, ended: job is not null);
    }

    private static Dictionary<string, string>? Options(string[] given)
    {
        if (given.FirstOrDefault(one => one.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
        {
            throw KinoraException.Invalid([new Fault("--option", $"--option is written NAME=VALUE, not \"{(wrong.Length > 80 ? wrong[..80] : wrong)}\".")]);
        }

        var pairs = given.Select(one => one.Split('=', 2)).ToList();
        return pairs.Count == 0 ? null
            : pairs.DistinctBy(pair => pair[0]).Count() == pairs.Count ? pairs.ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)
            : throw KinoraException.Invalid([new Fault("--option", "The same option is given twice.")]);
    }

    private static async Task<int> FinishAsync(CliContext context, Job job, int exitCode, string? outFile, bool force, bool ended)
    {
        if (!ended)
        {
            context.Answer(job.PublicId, json => JobView.Write(json, job));
            return exitCode;
        }

        Following.Report(context, job);
        if (job.Status != JobStatus.Completed)
        {
            context.Answer(job.PublicId, json => JobView.Write(json, job));
            return exitCode;
        }

        var saved = new Dictionary<Asset, string>();
        foreach (var main in job.Assets.Where(a => a.Role is AssetRole.Video or AssetRole.Image).OrderBy(a => a.Index))
        {
            var path = outFile is null ? null : OutputFile.Numbered(outFile, main.Index);
            saved[main] = await OutputFile.SaveAsync(context.Host.Get<IAssetStore>(), main, path, job.Request.Prompt, force, CancellationToken.None);
        }

        context.Answer(string.Join(Environment.NewLine, saved.Values), json => JobView.Write(json, job, saved));
        return exitCode;
    }
}
