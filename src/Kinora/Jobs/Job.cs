using System.Text.Json;
using Kinora.Assets;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Sessions;

namespace Kinora.Jobs;

/// <summary>One job as it is stored. Protocol objects of every door are views of this.</summary>
public sealed record Job
{
    private readonly string _requestJson = "";
    private GenerationRequest? _request;
    private readonly string? _outputsJson;
    private IReadOnlyList<RemoteOutput>? _outputs;

    public required JobId Id { get; init; }

    /// <summary>Order of creation; grows, with gaps. Lists and cursors run along it.</summary>
    public long Sequence { get; init; }

    /// <summary>User id of whoever made it. Every query of a door names the owner.</summary>
    public required string Owner { get; init; }

    public MediaKind Kind { get; init; }

    /// <summary>Configured name of the provider.</summary>
    public required string Provider { get; init; }

    /// <summary><c>provider/name</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The request as stored; read on demand, because most looks at a job do not need it.</summary>
    public required string RequestJson
    {
        get => _requestJson;
        init => (_requestJson, _request) = (value, null);
    }

    /// <summary>Hash over the parsed request, for idempotency; hex.</summary>
    public required string BodyHash { get; init; }

    public JobStatus Status { get; init; }

    /// <summary>Why it stands where it stands, in a sentence for people; empty at first.</summary>
    public string Reason { get; init; } = "";

    /// <summary>0 to 1; never falls.</summary>
    public double Progress { get; init; }

    public string? RemoteId { get; init; }

    public string? RemoteData { get; init; }

    /// <summary>Results the provider named; JSON of <see cref="RemoteOutput"/>s.</summary>
    public string? OutputsJson
    {
        get => _outputsJson;
        init => (_outputsJson, _outputs) = (value, null);
    }

    public string? ErrorCode { get; init; }

    public string? ErrorText { get; init; }

    /// <summary>What had to be mapped, differs from what was asked, or should be known.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Models to go on to when the present one surely makes nothing.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    /// <summary>Models that were tried before, and why they made nothing; oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>US dollars, before; null when unknown.</summary>
    public decimal? EstimateUsd { get; init; }

    /// <summary>US dollars, as the provider reported; null when it did not.</summary>
    public decimal? ChargedUsd { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the intent to send became durable.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it reached an end of any kind.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Grows with every claim; a worker with an older one changes nothing.</summary>
    public long Fence { get; init; }

    /// <summary>Claims since a worker last wrote or got further: more than a few means that handling it kills the process.</summary>
    public int Claims { get; init; }

    /// <summary>Faults in a row in the present state.</summary>
    public int Faults { get; init; }

    /// <summary>Those of them that end the job when there are enough: looks that found nothing, dead links, results that are no media.</summary>
    public int Strikes { get; init; }

    /// <summary>Since when the provider has not known the job.</summary>
    public DateTimeOffset? MissingSince { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>The job this one was remixed, edited or extended from.</summary>
    public JobId? SourceId { get; init; }

    /// <summary>The image session it is a turn of.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>Loaded with single jobs, the turns of a session, and lists that are asked for them; else empty.</summary>
    public IReadOnlyList<Asset> Assets { get; init; } = [];

    /// <summary>The id as the command line, MCP and <c>/v1</c> show it: <c>video_</c> or <c>image_</c> + 32 hex digits.</summary>
    public string PublicId => $"{Kind.Word()}_{Id.Hex}";

    public GenerationRequest Request => _request ??= JsonSerializer.Deserialize(RequestJson, JobJson.Default.GenerationRequest)!;

    public IReadOnlyList<RemoteOutput> Outputs => _outputs ??= OutputsJson is null
        ? []
        : JsonSerializer.Deserialize(OutputsJson, JobJson.Default.IReadOnlyListRemoteOutput)!;
}
