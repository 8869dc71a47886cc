using Kinora.Folders;
using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Server.Mcp.Content;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Tools.Images;

/// <summary>The one way in which tools make a picture and answer with it.</summary>
internal static class ImageStart
{
    /// <summary>Pixels of the longer side of a preview: enough to judge by, small enough for any client.</summary>
    private const int PreviewSide = 512;

    /// <summary>Submits, waits for a while unless the client takes a task, and answers with what there is then.</summary>
    public static Task<ToolAnswer> RunAsync(ToolCall call, GenerationDraft draft, CancellationToken cancel) => RunAsync(call, session: null, draft, cancel);

    /// <summary>The same, as a turn of a session where one is named.</summary>
    public static async Task<ToolAnswer> RunAsync(ToolCall call, string? session, GenerationDraft draft, CancellationToken cancel) =>
        await AnswerAsync(call, await SubmitAsync(call, session, draft), wait: true, cancel);

    /// <summary>Not with the call's token: a client that hangs up must not leave a create half done.</summary>
    public static Task<CreateResult> SubmitAsync(ToolCall call, string? session, GenerationDraft draft) => session is null
        ? call.Studio.Generation.SubmitAsync(call.Client.Caller, draft, CancellationToken.None)
        : call.Studio.Sessions.TurnAsync(call.Client.Caller, session, draft, CancellationToken.None);

    public static async Task<ToolAnswer> AnswerAsync(ToolCall call, CreateResult created, bool wait, CancellationToken cancel)
    {
        var job = wait && !call.TakesTask ? await JobWait.UntilDoneAsync(call, created.Job, JobWait.Usual, cancel) : created.Job;
        return await AnswerAsync(call, job, created.AlreadyThere, cancel);
    }

    public static async Task<ToolAnswer> AnswerAsync(ToolCall call, Job job, bool deduplicated, CancellationToken cancel)
    {
        // Files come with the single job only.
        job = job.Status == JobStatus.Completed && job.Assets.Count == 0 ? await call.Studio.Generation.GetAsync(call.Client.Caller, job.PublicId, cancel) : job;
        var more = new List<ContentBlock>();
        foreach (var picture in job.Assets.Where(a => a.Role == AssetRole.Image))
        {
            more.Add(Link(job, picture));
            if (call.Arguments.Has("preview") && call.Arguments.Flag("preview"))
            {
                more.Add(await PreviewAsync(call, picture, cancel));
            }
        }

        return ToolAnswer.Of(json => ImageObject.Write(json, job, picture => Path(call, job, picture), deduplicated), Words(call, job, deduplicated)) with
        {
            More = more,
            Job = job,
            IsError = job.Status.IsFinal() && job.Status != JobStatus.Completed,
        };
    }

    /// <summary>Where the caller finds the copy in the workspace: on the same machine by its whole path, else by its name there.</summary>
    public static string? Path(ToolCall call, Job job, Asset picture) =>
        picture.WorkspaceName is not { } name ? null
        : call.Client.SameMachine ? System.IO.Path.Combine(call.Studio.Folders.Workspace.Path, OwnedNames.Of(job.Owner, name))
        : name;

    public static ResourceLinkBlock Link(Job job, Asset picture) =>
        new() { Uri = JobResources.Uri(job, picture), Name = picture.FileName, MimeType = picture.MimeType, Size = picture.Bytes };

    public static IEnumerable<ResourceLinkBlock> Links(Job job) => job.Assets.Where(a => a.Role == AssetRole.Image).Select(a => Link(job, a));

    private static string Words(ToolCall call, Job job, bool deduplicated)
    {
        if (job.Status != JobStatus.Completed)
        {
            return deduplicated ? JobWords.Describe(new CreateResult(job, true)) : JobWords.Describe(job);
        }

        var paths = job.Assets.Where(a => a.Role == AssetRole.Image).Select(a => Path(call, job, a)).OfType<string>().ToList();
        return (deduplicated ? "This was asked before; nothing new was made or paid. " : "") + JobWords.Describe(job)
            + (paths.Count > 0 ? "\n" + string.Join('\n', paths) : "");
    }

    private static async Task<ImageContentBlock> PreviewAsync(ToolCall call, Asset picture, CancellationToken cancel)
    {
        var scratch = JobId.New(call.Studio.Random);
        try
        {
            var small = System.IO.Path.Combine(call.Studio.Assets.WorkFolder(scratch), "preview");
            var scale = Math.Min(1, (double)PreviewSide / Math.Max(picture.Width ?? 1, picture.Height ?? 1));
            var size = new FrameSize(Math.Max(1, (int)((picture.Width ?? 1) * scale)), Math.Max(1, (int)((picture.Height ?? 1) * scale)));
            var path = await call.Studio.Assets.LocalPathAsync(picture, cancel);
            await call.Studio.Pictures.FitAsync(path, small, new PictureFit(size, FitMode.Rescale, PictureType.Jpeg, new Colour(255, 255, 255)), cancel);
            return ImageContentBlock.FromBytes(await File.ReadAllBytesAsync(small, cancel), "image/jpeg");
        }
        finally
        {
            call.Studio.Assets.ClearWork(scratch);
        }
    }
}
