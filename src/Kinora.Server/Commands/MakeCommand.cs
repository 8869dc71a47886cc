using System.CommandLine;
using Kinora.Assets;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

/// <summary>What create, remix, edit and extend share: submit, wait, save, tell.</summary>
internal sealed class MakeCommand
{
    private readonly Option<string?> _model = new("--model") { Description = "Model id or alias (`kinora models`)", HelpName = "MODEL" };
    private readonly Option<long?> _seed = new("--seed") { Description = "Same seed, same result, where the model can", HelpName = "NUMBER" };
    private readonly Option<decimal?> _maxCost = new("--max-cost") { Description = "Refuse when it would cost more US dollars", HelpName = "USD" };
    private readonly Option<string?> _key = new("--idempotency-key") { Description = "Same key, same job: safe to repeat", HelpName = "KEY" };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Print the id and leave; the job goes on in the background" };
    private readonly Option<double?> _timeout = new("--timeout") { Description = "Stop waiting after so many seconds; the job goes on", HelpName = "SECONDS" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "File to write (else named after the prompt, in the current folder)", HelpName = "FILE" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it exists" };

    /// <summary>The shared options, for the help page.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _model, _seed, _maxCost, _key, _noWait, _timeout, _out, _force })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Fills in the shared fields, makes the job and follows it.</summary>
    public async Task<int> RunAsync(CliContext context, ParseResult parsed, GenerationDraft draft, CancellationToken cancel)
    {
        var outFile = parsed.GetValue(_out);
        var force = parsed.GetValue(_force);
        OutputFile.Check(outFile, force);
        var service = context.Host.Get<GenerationService>();
        var created = await service.SubmitAsync(
            Caller.Local,
            draft with
            {
                Model = parsed.GetValue(_model),
                Seed = parsed.GetValue(_seed),
                MaxCostUsd = parsed.GetValue(_maxCost),
                IdempotencyKey = parsed.GetValue(_key),
            },
            CancellationToken.None);
        if (created.AlreadyThere)
        {
            CliContext.Say("This key has a job already; nothing new was made.");
        }

        await using var runner = new RunnerSession(context.Host);
        if (parsed.GetValue(_noWait))
        {
            context.Answer(created.Job.Id.ToString(), json => JobView.Write(json, created.Job));
            CliContext.Say($"To wait for it:  kinora wait {created.Job.Id}");
            return ExitCodes.Done;
        }

        var timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e7)) : (TimeSpan?)null;
        var (job, exitCode) = await Following.WaitAsync(context, created.Job.Id, timeout, cancel);
        return await FinishAsync(context, job ?? created.Job, exitCode, outFile, force, ended: job is not null);
    }

    private static async Task<int> FinishAsync(CliContext context, Job job, int exitCode, string? outFile, bool force, bool ended)
    {
        if (!ended)
        {
            context.Answer(job.Id.ToString(), json => JobView.Write(json, job));
            return exitCode;
        }

        Following.Report(context, job);
        if (job.Status != JobStatus.Completed)
        {
            context.Answer(job.Id.ToString(), json => JobView.Write(json, job));
            return exitCode;
        }

        var assets = context.Host.Get<IAssetStore>();
        var main = job.Assets.First(a => a.Role is AssetRole.Video or AssetRole.Image);
        var saved = await OutputFile.SaveAsync(assets, main, outFile, job.Request.Prompt, force, CancellationToken.None);
        context.Answer(saved, json => JobView.Write(json, job, saved));
        return exitCode;
    }
}
