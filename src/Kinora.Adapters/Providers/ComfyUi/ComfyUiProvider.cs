using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Adapters.Providers.Workflows;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ComfyUi;

/// <summary>
/// A ComfyUI with the operator's workflows as models. Jobs have our own id there, so a doubtful create can be looked for. History and queue tell how a job
/// stands; the WebSocket only adds how far it is.
/// </summary>
internal sealed class ComfyUiProvider : TaskProvider, ICancellingProvider, IReconcilingProvider
{
    private readonly Lazy<IReadOnlyList<Workflow>> _workflows;
    private readonly ProgressListener _progress;
    private readonly RemoteQueue _queue;

    /// <param name="folder">With workflows that were checked.</param>
    public ComfyUiProvider(TaskSite site, ProviderTraits traits, TimeProvider clock, string folder)
        : base(site, traits, clock)
    {
        _workflows = new(() => WorkflowFolder.Read(folder, site.Name).Workflows);
        _progress = new ProgressListener(site.Endpoint, clock);
        _queue = new RemoteQueue(Api, clock);
    }

    protected override IReadOnlyList<ModelInfo> Known => [.. _workflows.Value.Select(workflow => workflow.Info)];

    public override async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        var outcome = await base.CheckAsync(job, progress, cancel);
        if (outcome is not CheckOutcome.Missing { Text: "" })
        {
            return outcome;
        }

        // Not in the history: it waits, runs, has ended just now, or was lost with the queue of a server that was started again.
        outcome = await _queue.LookAsync(job.RemoteId, cancel) switch
        {
            (_, { } fault) => new CheckOutcome.Unreachable($"{Name} could not be asked for its queue: {fault}."),
            (Standing.Running, _) => new CheckOutcome.Running(_progress.Of(job.RemoteId), "running"),
            (Standing.Pending, _) => new CheckOutcome.Running(null, "pending"),
            _ => await base.CheckAsync(job, progress, cancel),
        };
        return outcome is CheckOutcome.Missing { Text: "" } ? new CheckOutcome.Missing($"{Name} has the job neither in its history nor in its queue; it may have been started again.") : outcome;
    }

    public async Task<FindOutcome> FindAsync(Submission submission, DateTimeOffset sentAt, Func<string, Task<bool>> isOwned, CancellationToken cancel)
    {
        var id = submission.JobId.Uuid;
        using var request = new HttpRequestMessage(HttpMethod.Get, HistoryAddress(id));
        var (reply, fault) = await Api.AskAsync(request, cancel);
        var history = reply is null ? null : History.Read(reply, id, null);
        if (history is { IsThere: true })
        {
            return new FindOutcome.Found(id);
        }

        return await _queue.AskAsync(id, cancel) switch
        {
            (Standing.Running or Standing.Pending, _) => new FindOutcome.Found(id),
            (_, { } unread) => new FindOutcome.Unreachable($"{Name} could not be asked for its queue: {unread}."),
            _ => history is null ? Api.Unread(reply, fault) : new FindOutcome.NotThere(),
        };
    }

    /// <summary>Taken out of the queue where it waits, interrupted where it runs. It may begin to run in between: then it is looked at again.</summary>
    public async Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel)
    {
        var (standing, fault) = await _queue.AskAsync(job.RemoteId, cancel);
        if (standing == Standing.Pending && await PostAsync("/queue", new JsonObject { ["delete"] = new JsonArray(job.RemoteId) }, cancel))
        {
            (standing, fault) = await _queue.AskAsync(job.RemoteId, cancel);
        }

        return standing switch
        {
            Standing.Running => await PostAsync("/interrupt", new JsonObject { ["prompt_id"] = job.RemoteId }, cancel),
            Standing.Pending => false,
            _ => fault is null && await base.CheckAsync(job, new Progress<double>(), cancel) is CheckOutcome.Missing or CheckOutcome.Failed,
        };
    }

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var workflow = Find(submission.ModelName) ?? throw new UnsayableException($"has no workflow \"{submission.ModelName}\".");
        var frames = new[] { submission.Request.FirstFrame, submission.Request.LastFrame }.OfType<InputImage>();
        var references = await Attachments.OfAsync(submission, withSource: submission.Request.Kind == MediaKind.Image, cancel);
        workflow.Refuse(submission.Request, references.Count);
        UnsentException.ThrowIfSourceGone(submission);
        var names = new List<string>();
        foreach (var picture in await Task.WhenAll(frames.Select(frame => Attachments.OfAsync(submission, frame, cancel))))
        {
            names.Add(await UploadAsync(picture, cancel));
        }

        foreach (var picture in references)
        {
            names.Add(await UploadAsync(picture, cancel));
        }

        var body = new JsonObject
        {
            ["prompt"] = workflow.Fill(submission.Request, submission.JobId, names),
            ["prompt_id"] = submission.JobId.Uuid,
            ["client_id"] = _progress.ClientId,
        };
        return new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At("/prompt")) { Content = JsonBody.Of(body) };
    }

    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission)
    {
        if (reply.ReadLoose().At("prompt_id").Text() is not { } id || !Loose.IsPathId(id))
        {
            return null;
        }

        var workflow = Find(submission.ModelName);
        _progress.Follow(id, workflow?.Nodes ?? 1);
        return new SubmitOutcome.Accepted(id, workflow?.Output);
    }

    protected override Uri LookAddress(RemoteJob job) => HistoryAddress(job.RemoteId);

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        // The workflow may have another name by now, or another output.
        var history = History.Read(reply, job.RemoteId, job.RemoteData ?? Find(job.ModelName)?.Output);
        if (history is { IsThere: true })
        {
            _progress.Forget(job.RemoteId);
        }

        return history switch
        {
            null => null,
            { IsThere: false } => new CheckOutcome.Missing(""),
            { Interrupted: true } => Ended(RemoteState.Cancelled, null),
            { Error: { } words } => Ended(RemoteState.Failed, new ProviderError("", words)),
            { Files: [var file, ..] } => new CheckOutcome.Finished([new RemoteOutput { Kind = job.Request.Kind, Url = ViewAddress(file).AbsoluteUri }]),
            _ => new CheckOutcome.Failed(ErrorCodes.AssetMissing, $"{Name} says that it is done, and the workflow's output node saved no file."),
        };
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _progress.Dispose();
    }

    private Workflow? Find(string name) => _workflows.Value.FirstOrDefault(workflow => workflow.Info.Name == name);

    private Uri HistoryAddress(string id) => Api.Endpoint.At($"/history/{Uri.EscapeDataString(id)}");

    private Uri ViewAddress(SavedFile file) =>
        Api.Endpoint.At($"/view?filename={Uri.EscapeDataString(file.FileName)}&subfolder={Uri.EscapeDataString(file.Subfolder)}&type={Uri.EscapeDataString(file.Type)}");

    /// <summary>Named by its content: sent twice it is the same file there.</summary>
    private async Task<string> UploadAsync(Attachment picture, CancellationToken cancel)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(picture.Path, cancel)))[..32];
        var form = FormBody.New();
        form.AddFile("image", picture.Path, name + picture.Extension, picture.MimeType);
        form.AddText("type", "input");
        form.AddText("subfolder", "kinora");
        form.AddText("overwrite", "true");
        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At("/upload/image")) { Content = form };
        var (reply, fault) = await Api.AskAsync(request, cancel);
        var upload = reply is { IsSuccess: true } ? reply.ReadLoose() : default;
        if (upload.At("name").Text() is { Length: > 0 } given)
        {
            return upload.At("subfolder").Text() is { Length: > 0 } subfolder ? $"{subfolder}/{given}" : given;
        }

        throw new UnsentException(reply is { Code: 400 or 401 or 403 or 413 or 415 }
            ? new SubmitOutcome.Refused(reply.Code is 401 or 403 ? ErrorCodes.ProviderNotAllowed : ErrorCodes.ProviderRefused, $"{Name} did not take a picture: {Api.Say(reply)}.")
            : new SubmitOutcome.NotSent($"A picture could not be brought to {Name}: {(reply is null ? fault : Api.Say(reply))}.", reply is null ? null : RetryAfter.Read(reply.Headers, Clock)));
    }

    private async Task<bool> PostAsync(string path, JsonObject body, CancellationToken cancel) =>
        await StopAsync(new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At(path)) { Content = JsonBody.Of(body) }, cancel);
}
