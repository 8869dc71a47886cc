using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Providers;

/// <summary>One create, ready to be sent.</summary>
public sealed record Submission
{
    /// <summary>Ours; its hex form is the idempotency key or marker where the provider takes one.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The provider's own name of the model (the id after the first slash).</summary>
    public required string ModelName { get; init; }

    /// <summary>Checked against the catalogue; model, size and seconds are filled in.</summary>
    public required GenerationRequest Request { get; init; }

    /// <summary>
    /// When it may have been sent at the latest, where that is not known by the intent: a job that was restored from a backup may have been sent at any time up
    /// to then. Null: within the provider's time for a create.
    /// </summary>
    public DateTimeOffset? SentUntil { get; init; }

    /// <summary>Set for remix, edit and extend.</summary>
    public SourceJob? Source { get; init; }

    /// <summary>
    /// Where the provider may call when the job has got further (<see cref="ICallbackProvider"/>): this job's own, with a secret in its path. Null where this
    /// server has no public address.
    /// </summary>
    public Uri? CallbackUrl { get; init; }

    public required IInputFiles Inputs { get; init; }

    /// <summary>A folder of this job alone, on local disk, that outlives a restart and is removed when the job ends.</summary>
    public required string WorkFolder { get; init; }
}

/// <summary>The finished job that a remix, edit, extension or a conversation's next turn starts from.</summary>
/// <param name="RemoteId">Its id at the provider; null when it was made elsewhere.</param>
/// <param name="FilePath">Its video, or the picture that is gone on from, in our store; to be read only.</param>
/// <param name="Prompts">Its prompt and those of its own ancestors, oldest first; the oldest of a long line are left out.</param>
public sealed record SourceJob(JobId JobId, string? RemoteId, string Provider, GenerationRequest Request, string FilePath, IReadOnlyList<string> Prompts)
{
    public string? MimeType { get; init; }

    /// <summary>The provider's own id of that picture, where it gave one.</summary>
    public string? RemoteOutputId { get; init; }

    /// <summary>What the provider was asked to keep of it (<see cref="SubmitOutcome.Accepted.RemoteData"/>).</summary>
    public string? RemoteData { get; init; }

    /// <summary>The link under which its provider gave it out; it may be dead by now.</summary>
    public string? RemoteUrl { get; init; }
}

/// <summary>A job the provider has, as the engine remembers it.</summary>
public sealed record RemoteJob
{
    public required JobId JobId { get; init; }

    public required string ModelName { get; init; }

    public required GenerationRequest Request { get; init; }

    public SourceJob? Source { get; init; }

    public required IInputFiles Inputs { get; init; }

    public required string RemoteId { get; init; }

    /// <summary>What <see cref="SubmitOutcome.Accepted"/> asked to be kept.</summary>
    public string? RemoteData { get; init; }

    public required string WorkFolder { get; init; }
}

/// <summary>Reads the stored files of a request. The bytes of pictures are a clean re-encode, those of videos are as they came.</summary>
public interface IInputFiles
{
    /// <summary>Path of the stored picture on local disk, to be read only.</summary>
    Task<string> PathAsync(InputImage image, CancellationToken cancel);

    /// <summary>Path of the stored video on local disk, to be read only.</summary>
    Task<string> PathAsync(InputVideo video, CancellationToken cancel);
}

/// <summary>One finished result: a link of the provider's, or a file the provider folder left in the job's work folder.</summary>
public sealed record RemoteOutput
{
    public MediaKind Kind { get; init; } = MediaKind.Video;

    /// <summary>Absolute link, for <see cref="IMediaProvider.OpenAsync"/>.</summary>
    public string? Url { get; init; }

    /// <summary>The tag of the part that is here already (<see cref="OpenOutcome.Opened"/>), set by whoever resumes: the server is then asked to start over when the file has changed.</summary>
    public string? Tag { get; init; }

    /// <summary>File name (no folder) within the work folder.</summary>
    public string? WorkFile { get; init; }

    /// <summary>The provider's own id of this picture, where it gives one.</summary>
    public string? Id { get; init; }

    /// <summary>The prompt as the provider's model rewrote it.</summary>
    public string? RevisedPrompt { get; init; }

    /// <summary>What the model said beside the picture: its analysis, or a remark.</summary>
    public string? Remarks { get; init; }

    /// <summary>Result bytes that came with an answer (base64). The engine writes them to the work folder before anything else; never stored in the database.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public byte[]? Inline { get; init; }
}
