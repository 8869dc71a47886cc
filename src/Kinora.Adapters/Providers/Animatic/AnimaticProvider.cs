using System.Collections.Concurrent;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>
/// The built-in renderer as a provider. Submit only takes the job; a look does the whole render in the job's work folder. Rendering
/// is free and gives the same film again, so everything here may be repeated after a crash.
/// </summary>
internal sealed class AnimaticProvider(ProviderSettings settings, Ffmpeg ffmpeg) : IMediaProvider, ICancellingProvider
{
    private readonly ConcurrentDictionary<JobId, CancellationTokenSource> _running = new();
    private readonly ModelInfo _model = AnimaticModels.Describe(settings.Name);

    public string Name => settings.Name;

    public ProviderTraits Traits { get; } = settings.Apply(new ProviderTraits
    {
        // One render fills two cores; a second keeps them busy while the first waits for its disk.
        MaxConcurrent = Math.Max(1, Environment.ProcessorCount / 2),
        IsPerMachine = true,
        MinPoll = TimeSpan.Zero,
        SubmitTimeout = TimeSpan.FromSeconds(30),
        RepeatableSubmit = true,
    });

    public ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel) => new([_model]);

    public ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel) =>
        new(modelName == AnimaticModels.Storyboard ? _model : null);

    public Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken deadline) =>
        Task.FromResult(Refusal(submission) is { } refused ? refused : (SubmitOutcome)new SubmitOutcome.Accepted(
            $"animatic-{submission.JobId}", NextLook: TimeSpan.Zero, Warnings: AnimaticWork.Warnings(submission)));

    public async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        var outputs = AnimaticWork.Outputs(job.Request);
        if (outputs.All(output => File.Exists(PathOf(job, output))))
        {
            return new CheckOutcome.Finished(outputs, 0);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _running[job.JobId] = stop;
        try
        {
            AnimaticWork.ClearParts(job.WorkFolder);
            var work = new AnimaticWork(job, ffmpeg);
            for (var i = 0; i < outputs.Count; i++)
            {
                if (PathOf(job, outputs[i]) is var path && !File.Exists(path))
                {
                    await work.MakeAsync(path, i, progress, stop.Token);
                }

                if (outputs.Count > 1)
                {
                    progress.Report((i + 1.0) / outputs.Count);
                }
            }

            return new CheckOutcome.Finished(outputs, 0);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new CheckOutcome.Failed(ErrorCodes.Cancelled, "The render was cancelled.", 0);
        }
        catch (KinoraException fault)
        {
            return new CheckOutcome.Failed(fault.Code, fault.Message, 0);
        }
        finally
        {
            _running.TryRemove(job.JobId, out _);
        }
    }

    public Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel)
    {
        var path = PathOf(job, output);
        if (!File.Exists(path))
        {
            return Task.FromResult<OpenOutcome>(new OpenOutcome.Gone("The rendered file is no longer in the work folder."));
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        file.Seek(Math.Min(offset, file.Length), SeekOrigin.Begin);
        return Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(file, file.Position, file.Length));
    }

    public async Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel)
    {
        try
        {
            if (_running.TryGetValue(job.JobId, out var stop))
            {
                await stop.CancelAsync();
            }
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this moment.
        }
        return true;
    }

    private static string PathOf(RemoteJob job, RemoteOutput output) => Path.Combine(job.WorkFolder, Path.GetFileName(output.WorkFile ?? ""));

    private SubmitOutcome.Refused? Refusal(Submission submission)
    {
        var request = submission.Request;
        if (submission.ModelName != AnimaticModels.Storyboard)
        {
            return new SubmitOutcome.Refused(ErrorCodes.ModelNotFound, $"{Name} has one model, {_model.Id}.");
        }

        if (request.Kind == MediaKind.Video && ffmpeg.Missing() is { } missing)
        {
            return new SubmitOutcome.Refused(ErrorCodes.MediaToolMissing, missing);
        }

        if (request.Kind == MediaKind.Video && request.Operation != Operation.Create && submission.Source is null)
        {
            return new SubmitOutcome.Refused(ErrorCodes.NotFound, "What this starts from is no longer here.");
        }

        return null;
    }
}
