using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>How one gateway is spoken to: data, read from a file (NOTES.md tells the form). Paths into JSON are names and list numbers with points between.</summary>
internal sealed record RelayProfile
{
    public required string Name { get; init; }

    /// <summary>Null where there is no one address: the operator's settings name it.</summary>
    public string? BaseUrl { get; init; }

    public string? KeyPage { get; init; }

    public required TimeSpan MinPoll { get; init; }

    /// <summary>How many more looks a job gets that is said to be done and shows no link, or whose look is answered by an error.</summary>
    public required int Patience { get; init; }

    /// <summary>Settings of the operator's that it adds, by name.</summary>
    public required IReadOnlyDictionary<string, RelaySetting> Settings { get; init; }

    public required RelayCreate Create { get; init; }

    /// <summary>How a first frame is sent; null where <see cref="Create"/> can, or nothing can.</summary>
    public RelayCreate? CreateWithPicture { get; init; }

    public RelayRemix? Remix { get; init; }

    /// <summary>Where answers wear a wrapper (<c>{code, data:{…}}</c>): what it wraps. All other paths begin in there.</summary>
    public string? Wrapper { get; init; }

    /// <summary>Where a create's answer has the id.</summary>
    public required IReadOnlyList<string> Id { get; init; }

    public required IReadOnlyList<string> State { get; init; }

    /// <summary>Counts where <see cref="State"/> says no more than "waiting".</summary>
    public required IReadOnlyList<string> InnerState { get; init; }

    /// <summary>Words beside those of <see cref="StatusWords"/>.</summary>
    public required IReadOnlyDictionary<string, RemoteState> Words { get; init; }

    public required IReadOnlyList<RelayProgress> Progress { get; init; }

    /// <summary>Where a link to the result may be, the best first.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    /// <summary>Where a reason for a failure may be, the best first.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    public required IReadOnlyList<RelayModel> Models { get; init; }

    /// <summary>What holds for models that only the operator names.</summary>
    public RelayModel? OtherModels { get; init; }

    /// <summary>Every place where a job can be looked at, once each.</summary>
    public IReadOnlyList<RelayCall> Polls => [.. new[] { Create.Poll, CreateWithPicture?.Poll, Remix?.Create.Poll }.OfType<RelayCall>().Distinct()];
}

/// <param name="Path">Below the base address; <c>{id}</c> is the job's id, percent-encoded.</param>
internal sealed record RelayCall(HttpMethod Verb, string Path)
{
    public string At(string? id) => id is null ? Path : Path.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal);
}

/// <summary>One way to make a job.</summary>
/// <param name="IsForm">A multipart form in place of JSON.</param>
/// <param name="Poll">Where jobs made so are looked at first.</param>
internal sealed record RelayCreate(RelayCall Call, bool IsForm, IReadOnlyList<RelayField> Fields, RelayCall Poll)
{
    public bool Says(params ReadOnlySpan<string> sources)
    {
        foreach (var source in sources)
        {
            if (Fields.Any(field => field.From == source))
            {
                return true;
            }
        }

        return false;
    }
}

/// <param name="IdStarts">How ids of jobs begin that can be remixed.</param>
/// <param name="Unless">A setting; jobs made while it was on cannot be remixed.</param>
internal sealed record RelayRemix(RelayCreate Create, IReadOnlyList<string> IdStarts, string? Unless);

/// <summary>One field of a body. Its value comes from the request, from a setting, or is always the same.</summary>
internal sealed record RelayField(string Path)
{
    /// <summary>One of <see cref="RelaySources.Names"/>.</summary>
    public string? From { get; init; }

    public string? Setting { get; init; }

    public JsonNode? Value { get; init; }

    /// <summary>One of <see cref="RelaySources.Forms"/>.</summary>
    public string As { get; init; } = "text";

    /// <summary>Their word for each of ours; one that is not there cannot be said, unless there is <see cref="Otherwise"/>. Null: all are the same.</summary>
    public IReadOnlyDictionary<string, string>? Words { get; init; }

    /// <summary>Said where the source has nothing; null: the field is left out.</summary>
    public JsonNode? Otherwise { get; init; }

    /// <summary>Only together with that source.</summary>
    public string? When { get; init; }
}

/// <param name="Scale">How far a finished job is: 1 or 100.</param>
internal sealed record RelayProgress(string Path, double Scale);

/// <param name="Type">One of <see cref="ModelOption.Types"/>.</param>
/// <param name="Default">Null: not said.</param>
/// <param name="With">Another setting: both or none.</param>
internal sealed record RelaySetting(string Type, string? Default, string? With);

/// <summary>How a first frame gets there.</summary>
internal enum FrameWay
{
    None,

    /// <summary>In the body, or as a file of a form.</summary>
    Sent,

    /// <summary>Only as a link that the relay can fetch, which no picture kept here has.</summary>
    PublicUrl,
}

internal sealed record RelayModel
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public DurationRule? Durations { get; init; }

    public SizeRule? Sizes { get; init; }

    public FrameWay FirstFrame { get; init; }

    public AudioRule Audio { get; init; }

    public bool Remix { get; init; }

    public required string Source { get; init; }

    public required DateOnly Read { get; init; }

    public ModelInfo At(string provider, string name, bool remix) => new()
    {
        Id = $"{provider}/{name}",
        Title = Title,
        Durations = Durations,
        Sizes = Sizes,
        FirstFrame = FirstFrame == FrameWay.Sent,
        Audio = Audio,
        Remix = remix && Remix,
        Source = Source,
        SourceDate = Read,
    };
}
